import 'server-only';
import { type PodPreviewAnswer, type PreviewQuery, podPreviewAnswerSchema } from '@/lib/api/preview';
import { ClusterError } from '@/lib/cluster/cluster-error';
import type { ClusterSession } from '@/lib/cluster/session';
import type { WorkloadVerdict } from '@/lib/core/injection/classify-workload';
import { listEnableTargets } from '@/lib/core/injection/list-enable-targets';
import type { NamespaceContext } from '@/lib/core/injection/namespace-context';
import { buildPreviewRow, type PreviewRow } from '@/lib/core/injection/preview/build-preview-row';
import { draftWorkload, needsRendering, type WorkloadDraft } from '@/lib/core/injection/preview/draft-workload';
import { tell } from '@/lib/core/injection/preview/preview-types';
import type { NamespaceSummary } from '@/lib/core/injection/summarize-namespace';
import { INJECTION_LABEL, REVISION_LABEL } from '@/lib/core/kube/names';
import type { PreviewedPod } from '@/lib/worker/render-job';
import { openPreviewInjectors, type Rendered } from './preview-injectors';
import { contextFor, type PreviewSetting, readPreviewSetting, revisionsOf } from './preview-setting';
import { openSubjects } from './preview-subjects';
import { toEnd } from './render-drafts';

/** Which workload a preview is of: by its name, or the one that a pod belongs to. */
export type PreviewedThing = { readonly kind: string; readonly name: string } | { readonly pod: string };

/**
 * Previews the next pod of one workload, or of the workload that a pod belongs to, with everything that can be told of it.
 *
 * Without an action the namespace is taken as it is; where nobody injects there, as if it were switched on.
 * Throws ClusterError `not-found`, and `timeout` for a template that does not end.
 */
export async function buildPodPreviewAnswer(
  session: ClusterSession,
  namespace: string,
  thing: PreviewedThing,
  query: PreviewQuery,
  signal: AbortSignal,
): Promise<PodPreviewAnswer> {
  const setting = readPreviewSetting(session, namespace, query);
  const verdict = requireVerdict(setting.summary, thing);
  const { after, assumption } = assume(setting, verdict, query);
  const draft = draftWorkload(verdict, after, setting.planes);
  const injectors = await openPreviewInjectors(session, after, revisionsOf([draft]), signal);
  const [injector] = injectors.used;
  const pod = needsRendering(draft) ? await renderOne(session, namespace, draft, injectors, signal) : undefined;
  const { row } = buildPreviewRow(draft, pod === undefined || 'problem' in pod ? pod : toEnd(draft, pod));
  const detail = pod !== undefined && 'forecast' in pod ? pod.detail : undefined;
  return podPreviewAnswerSchema.parse({
    namespace,
    resourceVersion: setting.summary.context.namespace?.resourceVersion ?? '',
    assumption,
    outcome: outcomeOf(row, pod),
    row,
    templates: pod !== undefined && 'forecast' in pod ? pod.forecast.templates : [],
    ...(injector && { injector }),
    ...(detail && { yaml: detail.yaml }),
    ...(detail?.comparison && { comparison: detail.comparison }),
    parts: detail?.parts ?? [],
    notes: [...injectors.notes, ...(pod === undefined ? [] : [tell('quota-not-looked-at')])],
  });
}

type End = PreviewedPod | Extract<Rendered, { problem: unknown }>;

async function renderOne(
  session: ClusterSession,
  namespace: string,
  draft: WorkloadDraft,
  injectors: Awaited<ReturnType<typeof openPreviewInjectors>>,
  signal: AbortSignal,
): Promise<End> {
  const read = await openSubjects(session, namespace, [draft], signal)(draft);
  if ('problem' in read) return read;
  const rendered = await injectors.render(read.revision, [read.subject], true);
  if ('problem' in rendered) return rendered;
  return rendered.pods[0] ?? { failure: '' };
}

function outcomeOf(row: PreviewRow, pod: End | undefined): PodPreviewAnswer['outcome'] {
  if (row.becomes === 'refused') return 'refused';
  if (pod !== undefined) return 'forecast' in pod ? pod.forecast.outcome : 'unknown';
  return row.becomes === 'unknown' ? 'unknown' : 'skipped';
}

interface Assumed {
  readonly after: NamespaceContext;
  readonly assumption: PodPreviewAnswer['assumption'];
}

function assume({ summary, after, planes }: PreviewSetting, verdict: WorkloadVerdict, query: PreviewQuery): Assumed {
  const labels = injectionLabels(after);
  if (query.action !== undefined) {
    const phrase = Object.keys(labels).length === 0 ? tell('asked-none') : tell('asked', { labels: toText(labels) });
    return { after, assumption: { kind: 'asked', ...query, labels, phrase } };
  }
  const asIs: Assumed = { after, assumption: { kind: 'as-is', labels, phrase: tell('as-is') } };
  const { answer } = draftWorkload(verdict, after, planes);
  const [target] = listEnableTargets(after.facts.configurations ?? []);
  if (answer?.kind !== 'no' || after.mode.kind === 'sidecar' || target === undefined) return asIs;
  const { key, value, revision } = target;
  const asked = { action: 'enable', ...(revision === undefined ? {} : { revision }) } as const;
  const switched = contextFor(summary.context, asked);
  const phrase = tell('if-switched-on', { label: `${key}=${value}` });
  return {
    after: switched,
    assumption: { kind: 'if-switched-on', ...asked, labels: injectionLabels(switched), phrase },
  };
}

function injectionLabels({ labels = {} }: NamespaceContext): Record<string, string> {
  return Object.fromEntries(
    [INJECTION_LABEL, REVISION_LABEL].flatMap((key) => (labels[key] === undefined ? [] : [[key, labels[key]]])),
  );
}

function toText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}

function requireVerdict({ name: namespace, workloads }: NamespaceSummary, thing: PreviewedThing): WorkloadVerdict {
  const found = workloads.find(({ workload, pods }) =>
    'pod' in thing
      ? pods.some(({ pod }) => pod.name === thing.pod)
      : workload.kind === thing.kind && workload.name === thing.name,
  );
  if (found !== undefined) return found;
  const what = 'pod' in thing ? `Pod "${thing.pod}"` : `${thing.kind} "${thing.name}"`;
  throw new ClusterError('not-found', `${what} is not in namespace "${namespace}"; look at its workloads.`);
}
