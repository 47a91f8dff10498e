import { postJson } from '@/components/shared/api-client';

export interface RestartTarget {
  readonly kind: string;
  readonly name: string;
}

/**
 * Restarts workloads one after the other, telling each that was accepted; stops at the first that is refused and throws
 * its ApiError, so that what was told until then has been restarted and the rest has not.
 */
export async function restartAll<Target extends RestartTarget>(
  namespace: string,
  targets: readonly Target[],
  onRestarted: (target: Target) => void = () => undefined,
): Promise<void> {
  for (const target of targets) {
    const path = [namespace, 'workloads', target.kind, target.name, 'restart'].map(encodeURIComponent).join('/');
    await postJson(`/api/v1/namespaces/${path}`, {});
    onRestarted(target);
  }
}
