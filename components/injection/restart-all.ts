import { postJson } from '@/components/shared/api-client';
import { restartResultSchema } from '@/lib/api/injection';

export interface RestartTarget {
  readonly kind: string;
  readonly name: string;
}

/** A workload whose restart was accepted, and the generation that the restart made of it. */
export interface RestartedWorkload extends RestartTarget {
  readonly generation: number;
}

/**
 * Restarts workloads one after the other, telling each that was accepted; stops at the first that is refused and throws
 * its ApiError, so that what was told until then has been restarted and the rest has not.
 */
export async function restartAll(
  namespace: string,
  targets: readonly RestartTarget[],
  onRestarted: (restarted: RestartedWorkload) => void,
): Promise<void> {
  for (const target of targets) {
    const path = [namespace, 'workloads', target.kind, target.name, 'restart'].map(encodeURIComponent).join('/');
    const { kind, name, generation } = restartResultSchema.parse(await postJson(`/api/v1/namespaces/${path}`, {}));
    onRestarted({ kind, name, generation });
  }
}
