import 'server-only';
import { modelOf } from '@/lib/answers/injection-model';
import { requireNamespace } from '@/lib/answers/require-namespace';
import { type NamedWorkload, requireTemplate, requireVerdict } from '@/lib/answers/switchable-workload';
import {
  type WorkloadSwitchPreview,
  type WorkloadSwitchQuery,
  workloadSwitchPreviewSchema,
} from '@/lib/api/workload-switch';
import { isJson, type Json, objectAt, parseJson } from '@/lib/cluster/json-fields';
import type { ClusterSession } from '@/lib/cluster/session';
import type { NamespaceContext } from '@/lib/core/injection/namespace-context';
import { buildPreviewRow, type RenderingEnd } from '@/lib/core/injection/preview/build-preview-row';
import { draftWorkload, needsRendering, type WorkloadDraft } from '@/lib/core/injection/preview/draft-workload';
import { changeTemplateSwitch } from '@/lib/core/injection/workload-switch/change-template-switch';
import { TEMPLATE_KINDS } from '@/lib/core/injection/workload-switch/template-kinds';
import type { StringMap } from '@/lib/core/kube/object-types';
import { openPreviewInjectors } from './preview-injectors';
import { revisionsOf } from './preview-setting';
import { openSubjects } from './preview-subjects';
import { toEnd } from './render-drafts';

/**
 * Renders the next pod of a workload as it would be with its switch changed.
 *
 * Throws ClusterError `not-found`, `unsupported`, and `timeout` for a template that does not end.
 */
export async function previewWorkloadSwitch(
  session: ClusterSession,
  named: NamedWorkload,
  { action }: WorkloadSwitchQuery,
  signal: AbortSignal,
): Promise<WorkloadSwitchPreview> {
  const workload = requireTemplate(named);
  const { context, workloads } = requireNamespace(session, named.namespace);
  const verdict = requireVerdict(workloads, workload);
  const { record } = verdict.workload;
  const { labelsAfter } = changeTemplateSwitch({ ...workload, labels: record.template.labels }, action);
  const changed = { ...record, template: { ...record.template, labels: labelsAfter } };
  const judged = { ...verdict, workload: { ...verdict.workload, record: changed } };
  const draft = draftWorkload(judged, context, modelOf(session).controlPlanes());
  const { end, injector, notes } = await renderSwitched(session, context, draft, labelsAfter, signal);
  return workloadSwitchPreviewSchema.parse({
    row: buildPreviewRow(draft, end).row,
    ...(injector === undefined ? {} : { injector }),
    notes,
  });
}

async function renderSwitched(
  session: ClusterSession,
  context: NamespaceContext,
  draft: WorkloadDraft,
  labels: StringMap,
  signal: AbortSignal,
) {
  const injectors = await openPreviewInjectors(session, context, revisionsOf([draft]), signal);
  const [injector] = injectors.used;
  const told = { injector, notes: [...injectors.notes] };
  if (!needsRendering(draft)) return { ...told, end: undefined };
  const read = await openSubjects(session, context.name, [draft], signal)(draft);
  if ('problem' in read) return { ...told, end: read };
  const object = withTemplateLabels(read.subject.object, read.subject.kind, labels);
  const rendered = await injectors.render(read.revision, [{ ...read.subject, object }], false);
  const end: RenderingEnd = 'problem' in rendered ? rendered : toEnd(draft, rendered.pods[0]);
  return { ...told, end };
}

/** The object's text with other labels on its pod template. */
function withTemplateLabels(text: string, kind: string, labels: StringMap): string {
  const object = parseJson(text);
  const path = Object.entries(TEMPLATE_KINDS).find(([name]) => name === kind)?.[1].path;
  if (!isJson(object) || path === undefined) return text;
  return JSON.stringify(replaceAt(object, [...path, 'metadata', 'labels'], labels));
}

function replaceAt(object: Json, [key = '', ...rest]: readonly string[], value: StringMap): Json {
  return { ...object, [key]: rest.length === 0 ? value : replaceAt(objectAt(object, key), rest, value) };
}
