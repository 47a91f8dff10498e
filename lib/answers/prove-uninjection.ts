import 'server-only';
import { isClusterError } from '@/lib/cluster/cluster-error';
import type { ClusterSession } from '@/lib/cluster/session';
import type { VerifiedPod } from '@/lib/core/injection/uninject/uninject-with-injector';
import { DEFAULT_REVISION, REVISION_LABEL } from '@/lib/core/kube/names';
import type { Pod } from '@/lib/core/kube/pod-types';
import { parseInjectionStatus } from '@/lib/core/pod/injection-marks';
import { renderInWorker } from '@/lib/worker/render-in-worker';
import { injectorSourcesOf } from './injector-sources';

/**
 * Takes the injection out of a pod by the configuration of the revision that injected it.
 *
 * Output: undefined for a pod that was not injected, and where the configuration is gone or may not be read: the pod alone decides then.
 */
export async function proveUninjection(session: ClusterSession, pod: Pod): Promise<VerifiedPod | undefined> {
  const annotations = pod.metadata.annotations ?? {};
  const status = parseInjectionStatus(annotations);
  if (status === undefined) return undefined;
  const sources = injectorSourcesOf(session);
  const namespace = pod.metadata.namespace ?? '';
  try {
    const source = await sources.read(revisionOf(pod, status.revision));
    const previous = sources.previous(source);
    const done = await renderInWorker({
      kind: 'uninject',
      source,
      ...(previous === undefined ? {} : { previous }),
      pod: JSON.stringify(pod),
      namespace: { name: namespace, annotations: session.store.get('namespaces', '', namespace)?.annotations ?? {} },
    });
    return done.kind === 'uninjected' ? done.result : undefined;
  } catch (error) {
    if (isClusterError(error)) return undefined;
    throw error;
  }
}

/** Releases up to 1.10 leave the revision out of the status; they wrote it into a label. */
function revisionOf({ metadata: { annotations, labels } }: Pod, ofStatus: string): string {
  return ofStatus || annotations?.[REVISION_LABEL] || labels?.[REVISION_LABEL] || DEFAULT_REVISION;
}
