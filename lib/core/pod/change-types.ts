import type { PodPhrase } from './pod-phrases.data';

export const CHANGE_GROUPS = [
  'containers',
  'env',
  'ports',
  'probes',
  'volumes',
  'mounts',
  'labels',
  'annotations',
  'security',
  'resources',
  'dns',
  'image-pull-secrets',
  'scheduling',
  'other',
] as const;
export type ChangeGroup = (typeof CHANGE_GROUPS)[number];

/** Who made a change. The first five are injection's own steps. */
export const CHANGE_ORIGINS = [
  'injection-template',
  'native-sidecar',
  'post-processing',
  'prometheus-merge',
  'probe-rewrite',
  'api-server',
  'scheduler',
  'workload-controller',
  'network-plugin',
  'unknown',
] as const;
export type ChangeOrigin = (typeof CHANGE_ORIGINS)[number];

const INJECTION_ORIGINS: ReadonlySet<ChangeOrigin> = new Set(CHANGE_ORIGINS.slice(0, 5));

export function isInjectionOrigin(origin: ChangeOrigin): boolean {
  return INJECTION_ORIGINS.has(origin);
}

/** True for what happens to every pod of a cluster, with or without a mesh: admission, scheduling, controllers, networks. */
export function isClusterOrigin(origin: ChangeOrigin): boolean {
  return origin !== 'unknown' && !INJECTION_ORIGINS.has(origin);
}

/** One difference between the pod as written and the pod as it runs. */
export interface PodChange {
  /** Stable over refreshes: group, container and name. */
  readonly id: string;
  readonly kind: 'added' | 'changed' | 'removed';
  readonly group: ChangeGroup;
  /** Where, as a person would say it: `initContainers[0] istio-init`, `labels app`. */
  readonly path: string;
  /** The container it belongs to; absent for the pod's own fields. */
  readonly container?: string;
  /** True for the parts of a container that is itself added or removed. */
  readonly isPart: boolean;
  /** Values as text, YAML where they have structure; an environment value from a Secret is its reference only. */
  readonly before?: string;
  readonly after?: string;
  readonly origin: ChangeOrigin;
  readonly originLabel: PodPhrase;
  /** What it is for, in plain words. */
  readonly because: PodPhrase;
}
