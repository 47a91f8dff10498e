import type { Container } from '@/lib/core/kube/pod-types';

export interface LimitRangeDefault {
  readonly resources: readonly string[];
  readonly kind: 'requests' | 'limits';
  readonly container: string;
}

/**
 * Reads what the LimitRanger plug-in says it filled in.
 *
 * Input: the annotation, e.g. `LimitRanger plugin set: cpu, memory request for container app; cpu limit for init container x`.
 * Source: Kubernetes, plugin/pkg/admission/limitranger, mergePodResourceRequirements.
 */
export function parseLimitRanges(text: string | undefined): readonly LimitRangeDefault[] {
  const parts = (text ?? '').replace(/^LimitRanger plugin set: /, '').split('; ');
  return parts.flatMap((part) => {
    const [, resources = '', kind, container = ''] =
      /^(.+) (request|limit) for (?:init )?container (.+)$/.exec(part) ?? [];
    if (kind === undefined) return [];
    return [{ resources: resources.split(', '), kind: kind === 'request' ? 'requests' : 'limits', container }];
  });
}

/** A container without the requests and limits that its namespace's LimitRange gave it. */
export function withoutLimitRange(container: Container, defaults: readonly LimitRangeDefault[]): Container {
  const own = defaults.filter((entry) => entry.container === container.name);
  if (own.length === 0) return container;
  const keep = (kind: 'requests' | 'limits') => {
    const filled = new Set(own.filter((entry) => entry.kind === kind).flatMap(({ resources }) => resources));
    const kept = Object.entries(container.resources?.[kind] ?? {}).filter(([resource]) => !filled.has(resource));
    return kept.length > 0 ? { [kind]: Object.fromEntries(kept) } : {};
  };
  return { ...container, resources: { ...keep('requests'), ...keep('limits') } };
}
