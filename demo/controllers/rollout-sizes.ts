import { valueAt } from '@/demo/server/json-access';
import type { KubeObject } from '@/demo/server/object-types';

export interface RolloutLimits {
  readonly maxSurge: number;
  readonly maxUnavailable: number;
}

/** A number of pods or a share of `total` in per cent, rounded up or down. */
export function scaledValue(value: unknown, total: number, round: 'up' | 'down'): number {
  if (typeof value === 'number') return value;
  const percent = typeof value === 'string' && value.endsWith('%') ? Number(value.slice(0, -1)) : Number.NaN;
  if (Number.isNaN(percent)) return 0;
  return round === 'up' ? Math.ceil((percent * total) / 100) : Math.floor((percent * total) / 100);
}

/**
 * How far a rolling update may go above and below the wanted number of pods.
 *
 * Source: Kubernetes, pkg/controller/deployment/util/deployment_util.go, ResolveFenceposts: both zero would stand still.
 */
export function rolloutLimits(deployment: KubeObject, replicas: number): RolloutLimits {
  if (valueAt(deployment, 'spec', 'strategy', 'type') === 'Recreate') return { maxSurge: 0, maxUnavailable: replicas };
  const at = (field: string) => valueAt(deployment, 'spec', 'strategy', 'rollingUpdate', field) ?? '25%';
  const maxSurge = scaledValue(at('maxSurge'), replicas, 'up');
  const maxUnavailable = scaledValue(at('maxUnavailable'), replicas, 'down');
  return { maxSurge, maxUnavailable: maxSurge === 0 && maxUnavailable === 0 ? 1 : maxUnavailable };
}

/** Sizes that add up to `total`, each in proportion to what the set has now; what is left goes to the first. */
export function proportionalSizes(sizes: readonly number[], total: number): number[] {
  const sum = sizes.reduce((left, right) => left + right, 0);
  if (sum === 0) return sizes.map((_, index) => (index === 0 ? total : 0));
  const scaled = sizes.map((size) => Math.floor((size * total) / sum));
  const rest = total - scaled.reduce((left, right) => left + right, 0);
  return scaled.map((size, index) => (index === 0 ? size + rest : size));
}
