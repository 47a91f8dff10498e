import { toJsonObject } from './json-value';

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
