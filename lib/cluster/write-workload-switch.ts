import 'server-only';
import { createHash } from 'node:crypto';
import { changeTemplateSwitch, type WorkloadAction } from '@/lib/core/injection/workload-switch/change-template-switch';
import type { LiveTemplate } from '@/lib/core/injection/workload-switch/plan-workload-switch';
import { TEMPLATE_KINDS, type TemplateKind } from '@/lib/core/injection/workload-switch/template-kinds';
import { INJECT_KEY } from '@/lib/core/kube/names';
import type { StringMap } from '@/lib/core/kube/object-types';
import { ClusterError, toClusterError } from './cluster-error';
import { isJson, type Json, numberAt, objectAt, objectsAt, textAt } from './json-fields';
import { findGitopsTool } from './projections/find-gitops-tool';
import { objectPath } from './read-object';
import type { ClusterSession } from './session';
import { assertWritable, FIELD_MANAGER, MERGE_PATCH } from './write-rules';

export interface SwitchableWorkload {
  readonly kind: TemplateKind;
  readonly namespace: string;
  readonly name: string;
}

/** A workload's template as the API server has it now. */
export interface WorkloadTemplate extends LiveTemplate {
  readonly resourceVersion: string;
  readonly generation: number;
  /** Changes with the template and nothing else: status and scale leave it alone, so an undo can tell them from an edit. */
  readonly fingerprint: string;
}

export interface WorkloadSwitchWrite extends SwitchableWorkload {
  readonly action: WorkloadAction;
  /** The version that the person saw: a workload that changed since is a conflict. */
  readonly resourceVersion: string;
  readonly isDryRun?: boolean;
}

export interface WorkloadSwitchChange {
  readonly before: WorkloadTemplate;
  readonly after: WorkloadTemplate;
}

const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';

/** Reads a workload's template and who else writes it, past the snapshot: a switch must build on what stands there now. */
export async function readWorkloadTemplate(
  session: ClusterSession,
  { kind, namespace, name }: SwitchableWorkload,
  signal?: AbortSignal,
): Promise<WorkloadTemplate> {
  const path = await objectPath(session, TEMPLATE_KINDS[kind].resource, namespace, name);
  const object = await session.transport.requestJson({ path, ...(signal === undefined ? {} : { signal }) });
  return toTemplate(kind, object);
}

/**
 * Sets or removes the label `sidecar.istio.io/inject` of a pod template, and nothing else.
 *
 * Throws a ClusterError `conflict` whose `details` hold the template as it is now, when the workload is no longer at the
 * given version.
 */
export async function writeWorkloadSwitch(
  session: ClusterSession,
  write: WorkloadSwitchWrite,
  signal?: AbortSignal,
): Promise<WorkloadSwitchChange> {
  assertWritable(session);
  const before = await readWorkloadTemplate(session, write, signal);
  if (before.resourceVersion !== write.resourceVersion) throw staleWorkload(write, before);
  const path = await objectPath(session, TEMPLATE_KINDS[write.kind].resource, write.namespace, write.name);
  const { patch } = changeTemplateSwitch({ ...write, labels: before.labels }, write.action);
  try {
    const object = await session.transport.requestJson({
      method: 'PATCH',
      path,
      query: { fieldManager: FIELD_MANAGER, dryRun: write.isDryRun ? 'All' : undefined },
      contentType: MERGE_PATCH,
      body: { ...patch, metadata: { resourceVersion: write.resourceVersion } },
      ...(signal === undefined ? {} : { signal }),
    });
    return { before, after: toTemplate(write.kind, object) };
  } catch (error) {
    const problem = toClusterError(error);
    if (problem.code === 'forbidden') session.access.forget();
    if (problem.code !== 'conflict') throw problem;
    const current = await readWorkloadTemplate(session, write).catch(() => undefined);
    throw current === undefined ? problem : staleWorkload(write, current, problem);
  }
}

function staleWorkload(write: WorkloadSwitchWrite, current: WorkloadTemplate, cause?: unknown): ClusterError {
  const message = `${write.kind} "${write.name}" changed since it was shown; look at it again and repeat the change.`;
  const { resourceVersion, fingerprint, labels } = current;
  const details = { current: { resourceVersion, fingerprint, label: labels[INJECT_KEY] ?? null } };
  return new ClusterError('conflict', message, { status: 409, details, cause });
}

function toTemplate(kind: TemplateKind, object: unknown): WorkloadTemplate {
  const root = isJson(object) ? object : {};
  const metadata = objectAt(root, 'metadata');
  const spec = objectAt(root, 'spec');
  const template = TEMPLATE_KINDS[kind].path.reduce<Json>(objectAt, root);
  const templateMetadata = objectAt(template, 'metadata');
  const managedBy = findGitopsTool(metadata) ?? textAt(objectAt(metadata, 'labels'), MANAGED_BY_LABEL);
  const owner = objectsAt(metadata, 'ownerReferences').find(({ controller }) => controller === true);
  return {
    kind,
    resourceVersion: textAt(metadata, 'resourceVersion'),
    generation: numberAt(metadata, 'generation') ?? 0,
    fingerprint: createHash('sha1').update(JSON.stringify(template)).digest('base64url'),
    labels: toTexts(objectAt(templateMetadata, 'labels')),
    annotations: toTexts(objectAt(templateMetadata, 'annotations')),
    isPaused: spec.paused === true,
    isOnDelete: textAt(objectAt(spec, 'updateStrategy'), 'type') === 'OnDelete',
    ...(managedBy === '' ? {} : { managedBy }),
    ...(owner === undefined ? {} : { owner: `${textAt(owner, 'kind')}/${textAt(owner, 'name')}` }),
  };
}

function toTexts(map: Json): StringMap {
  return Object.fromEntries(Object.keys(map).map((key) => [key, textAt(map, key)]));
}
