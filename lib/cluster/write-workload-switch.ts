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
import { assertWritable, FIELD_MANAGER, JSON_PATCH, MERGE_PATCH } from './write-rules';

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
  /** The template that the person saw; where given, only an edited template is a conflict, not a newer status or scale. */
  readonly fingerprint?: string;
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
  return toTemplate(kind, await session.transport.requestJson({ path, ...(signal === undefined ? {} : { signal }) }));
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
  const path = await objectPath(session, TEMPLATE_KINDS[write.kind].resource, write.namespace, write.name);
  const abort = signal === undefined ? {} : { signal };
  const current = await session.transport.requestJson({ path, ...abort });
  const before = toTemplate(write.kind, current);
  if (!isAsSeen(write, before)) throw staleWorkload(write, before);
  try {
    const object = await session.transport.requestJson({
      method: 'PATCH',
      path,
      query: { fieldManager: FIELD_MANAGER, dryRun: write.isDryRun ? 'All' : undefined },
      ...toPatch(write, before, current),
      ...abort,
    });
    return { before, after: toTemplate(write.kind, object) };
  } catch (error) {
    const problem = toClusterError(error);
    if (problem.code === 'forbidden') session.access.forget();
    // A failed test of a JSON patch is told as an invalid request.
    if (problem.code !== 'conflict' && problem.code !== 'invalid') throw problem;
    const now = await readWorkloadTemplate(session, write).catch(() => undefined);
    throw now === undefined || isAsSeen(write, now) ? problem : staleWorkload(write, now, problem);
  }
}

function isAsSeen(write: WorkloadSwitchWrite, { resourceVersion, fingerprint }: WorkloadTemplate): boolean {
  return write.fingerprint === undefined
    ? write.resourceVersion === resourceVersion
    : write.fingerprint === fingerprint;
}

/** By version where only that is known; else on the condition that the template is still this one. */
function toPatch(write: WorkloadSwitchWrite, before: WorkloadTemplate, current: unknown) {
  const change = changeTemplateSwitch({ ...write, labels: before.labels }, write.action);
  if (write.fingerprint === undefined) {
    const body = { ...change.patch, metadata: { resourceVersion: write.resourceVersion } };
    return { contentType: MERGE_PATCH, body };
  }
  const path = `/${TEMPLATE_KINDS[write.kind].path.join('/')}`;
  const metadata = { ...objectAt(templateOf(write.kind, current), 'metadata'), labels: change.labelsAfter };
  const body = [
    { op: 'test', path, value: templateOf(write.kind, current) },
    { op: 'add', path: `${path}/metadata`, value: metadata },
  ];
  return { contentType: JSON_PATCH, body };
}

function templateOf(kind: TemplateKind, object: unknown): Json {
  return TEMPLATE_KINDS[kind].path.reduce<Json>(objectAt, isJson(object) ? object : {});
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
  const template = templateOf(kind, object);
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
