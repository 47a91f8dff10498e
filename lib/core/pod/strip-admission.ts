import type { Container, PodSpec } from '@/lib/core/kube/pod-types';
import { isJsonObject, toJsonList, toJsonObject } from './json-value';
import { TOKEN_MOUNT_PATH } from './pod-names.data';

const DEFAULT_TOLERATION_KEYS: ReadonlySet<unknown> = new Set([
  'node.kubernetes.io/not-ready',
  'node.kubernetes.io/unreachable',
]);

/** True for the two tolerations that the DefaultTolerationSeconds plug-in adds to every pod. */
export function isDefaultToleration(toleration: unknown): boolean {
  const { key, operator, effect, tolerationSeconds } = toJsonObject(toleration);
  return (
    DEFAULT_TOLERATION_KEYS.has(key) && operator === 'Exists' && effect === 'NoExecute' && tolerationSeconds === 300
  );
}

export function withoutDefaultTolerations(spec: PodSpec): PodSpec {
  const { tolerations, ...rest } = { tolerations: undefined, ...spec };
  const kept = toJsonList(tolerations).filter(
    (toleration) => isJsonObject(toleration) && !isDefaultToleration(toleration),
  );
  return kept.length > 0 ? Object.assign({}, rest, { tolerations: kept }) : rest;
}

/** A container without the service account token that admission mounts. */
export function withoutTokenMounts(container: Container): Container {
  const { volumeMounts, ...rest } = container;
  const kept = (volumeMounts ?? []).filter(({ mountPath }) => mountPath !== TOKEN_MOUNT_PATH);
  return kept.length > 0 ? { ...rest, volumeMounts: kept } : rest;
}
