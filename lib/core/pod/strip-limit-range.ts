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
