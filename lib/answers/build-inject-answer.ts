import 'server-only';
import type { InjectorsAnswer, InjectRequest } from '@/lib/api/inject';
import { ClusterError } from '@/lib/cluster/cluster-error';
import type { ClusterSession } from '@/lib/cluster/session';
import { renderInWorker } from '@/lib/worker/render-in-worker';
import type { InjectorSource, RevisionSource } from '@/lib/worker/render-job';
import type { WrittenJson } from '@/lib/worker/written-json';
import { answerMeta } from './answer-meta';
import { injectorSourcesOf } from './injector-sources';

/** The injectors that manifests can be rendered with. */
export async function buildInjectorsAnswer(session: ClusterSession, signal?: AbortSignal): Promise<InjectorsAnswer> {
  return { items: await injectorSourcesOf(session).offer(signal), meta: answerMeta(session) };
}

/**
 * Renders manifests with an injector of the cluster, or with one that came along. Nothing is written anywhere.
 *
 * Output: an `InjectAnswer`, written out already.
 * Throws a ClusterError: `invalid` with `details.part` when the injector's configuration cannot be read, and whatever
 * reading it from the cluster or the limits of the rendering thread end with.
 */
export async function buildInjectAnswer(
  session: ClusterSession,
  request: InjectRequest,
  signal?: AbortSignal,
): Promise<WrittenJson> {
  const { engine, manifests, nativeSidecars } = request;
  const sources = injectorSourcesOf(session);
  const source: InjectorSource =
    request.injector.kind === 'upload' ? request.injector : await sources.read(request.injector.revision, signal);
  const previous = source.kind === 'revision' ? sources.previous(source) : undefined;
  const job = {
    kind: 'render',
    source,
    engine,
    manifests,
    namespace: { name: request.namespace, annotations: annotationsOf(session, request.namespace) },
    ...(previous === undefined ? {} : { previous }),
    ...(nativeSidecars === undefined ? {} : { nativeSidecars }),
  } as const;
  const result = await renderInWorker(job, signal);
  if (result.kind !== 'rendered') throw unusable(result.kind === 'faulty' ? result.message : '');
  if (result.problem === undefined) keepUsable(sources, source);
  return result.json;
}

function keepUsable(sources: { keep(source: RevisionSource): void }, source: InjectorSource): void {
  if (source.kind === 'revision') sources.keep(source);
}

function annotationsOf({ store }: ClusterSession, namespace: string): Readonly<Record<string, string>> {
  return store.get('namespaces', '', namespace)?.annotations ?? {};
}

function unusable(message: string): ClusterError {
  return new ClusterError('invalid', `The injector’s configuration cannot be used: ${message}`, {
    details: { part: 'injector', reason: message },
  });
}
