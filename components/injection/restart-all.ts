import { postJson } from '@/components/shared/api-client';

export interface RestartTarget {
  readonly kind: string;
  readonly name: string;
}

/** Restarts workloads one after the other; stops at the first that is refused and throws its ApiError. */
export async function restartAll(namespace: string, targets: readonly RestartTarget[]): Promise<void> {
  for (const { kind, name } of targets) {
    const path = [namespace, 'workloads', kind, name, 'restart'].map(encodeURIComponent).join('/');
    await postJson(`/api/v1/namespaces/${path}`, {});
  }
}
