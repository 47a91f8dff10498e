import 'server-only';
import { INJECTION_LABEL, REVISION_LABEL } from '@/lib/core/kube/names';
import type { StringMap } from '@/lib/core/kube/object-types';
import { ClusterError, toClusterError } from './cluster-error';
import { isJson, objectAt, textAt } from './json-fields';
import { projectNamespace } from './projections/project-namespace';
import type { ClusterSession } from './session';
import { assertWritable, FIELD_MANAGER, MERGE_PATCH } from './write-rules';

export interface InjectionLabelWrite {
  readonly namespace: string;
  /** What to set; null removes. A label that is not named stays as it is. */
  readonly labels: { readonly [INJECTION_LABEL]?: string | null; readonly [REVISION_LABEL]?: string | null };
  /** The version that the person saw: a namespace that changed since is a conflict. */
  readonly resourceVersion: string;
  readonly isDryRun?: boolean;
}

interface NamespaceLabels {
  readonly resourceVersion: string;
  readonly labels: StringMap;
}

export interface InjectionLabelChange {
  readonly before: NamespaceLabels;
  readonly after: NamespaceLabels;
}

const LABELS: ReadonlySet<string> = new Set([INJECTION_LABEL, REVISION_LABEL]);
const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/**
 * Sets or removes a namespace's two injection labels, and nothing else.
 *
 * Throws a ClusterError `conflict` whose `details` hold the labels as they are now, when the namespace is no longer at
 * the given version.
 */
export async function writeInjectionLabel(
  session: ClusterSession,
  write: InjectionLabelWrite,
  signal?: AbortSignal,
): Promise<InjectionLabelChange> {
  assertWritable(session);
  assertLabels(write);
  const path = `/api/v1/namespaces/${encodeURIComponent(write.namespace)}`;
  const abort = signal === undefined ? {} : { signal };
  const before = toLabels(await session.transport.requestJson({ path, ...abort }));
  if (before.resourceVersion !== write.resourceVersion) throw staleNamespace(write, before);
  try {
    const object = await session.transport.requestJson({
      method: 'PATCH',
      path,
      query: { fieldManager: FIELD_MANAGER, dryRun: write.isDryRun ? 'All' : undefined },
      contentType: MERGE_PATCH,
      body: { metadata: { resourceVersion: write.resourceVersion, labels: write.labels } },
      ...abort,
    });
    if (write.isDryRun !== true) keepUnwatched(session, object);
    return { before, after: toLabels(object) };
  } catch (error) {
    throw await explainRefusal(session, write, path, toClusterError(error));
  }
}

function assertLabels({ namespace, labels }: InjectionLabelWrite): void {
  for (const [key, value] of Object.entries(labels)) {
    if (LABELS.has(key) && (value === null || LABEL_VALUE.test(value ?? ''))) continue;
    throw new ClusterError('invalid', `Label ${key}=${String(value)} of namespace "${namespace}" cannot be written.`);
  }
}

function toLabels(object: unknown): NamespaceLabels {
  const metadata = isJson(object) ? objectAt(object, 'metadata') : {};
  const labels: Record<string, string> = {};
  const raw = objectAt(metadata, 'labels');
  for (const key of Object.keys(raw)) labels[key] = textAt(raw, key);
  return { resourceVersion: textAt(metadata, 'resourceVersion'), labels };
}

function staleNamespace(write: InjectionLabelWrite, current: NamespaceLabels, cause?: unknown): ClusterError {
  const message = `Namespace "${write.namespace}" changed since it was shown; look at it again and repeat the change.`;
  return new ClusterError('conflict', message, { status: 409, details: { current }, cause });
}

async function explainRefusal(session: ClusterSession, write: InjectionLabelWrite, path: string, error: ClusterError) {
  if (error.code === 'forbidden') session.access.forget();
  if (error.code !== 'conflict') return error;
  const current = await session.transport.requestJson({ path }).catch(() => undefined);
  return current === undefined ? error : staleNamespace(write, toLabels(current), error);
}

// A namespace that cannot be watched would show its old labels until it is read again.
function keepUnwatched({ store }: ClusterSession, object: unknown): void {
  if (store.state('namespaces').status !== 'missing' || !isJson(object)) return;
  store.upsert('namespaces', projectNamespace(object, store.interner));
}
