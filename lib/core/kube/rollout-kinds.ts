/**
 * Kinds whose pods `kubectl rollout restart` replaces, with the resource of group `apps` that each is.
 *
 * Source: Kubernetes, kubectl/pkg/polymorphichelpers, objectrestarter.go.
 */
export const ROLLOUT_RESOURCES = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
} as const;

export type RolloutKind = keyof typeof ROLLOUT_RESOURCES;

export function isRolloutKind(kind: string): kind is RolloutKind {
  return Object.hasOwn(ROLLOUT_RESOURCES, kind);
}
