import { dropStandIns, toComparison } from '@/lib/core/injection/compare-rendered';
import { type InjectedPart, listParts } from '@/lib/core/injection/list-parts';
import { cleanPodForDisplay } from '@/lib/core/pod/clean-pod-for-display';
import type { PodComparison } from '@/lib/core/pod/compare-pod-with-owner';
import type { RenderedSubject } from './forecast-pod';
import type { PreviewSubject } from './preview-types';

/** Everything about one rendered pod. */
export interface PreviewDetail {
  readonly yaml: { readonly before: string; readonly after?: string };
  readonly comparison?: PodComparison;
  readonly parts: readonly InjectedPart[];
}

/** Lays a rendered pod beside the pod as written, with the origin of each part and what it was made of. */
export function detailPreview({ kind, name }: PreviewSubject, { before, injection }: RenderedSubject): PreviewDetail {
  if (injection.kind !== 'injected') {
    return { yaml: { before: cleanPodForDisplay(dropStandIns(before, name)) }, parts: [] };
  }
  const comparison = toComparison({ kind, name, before, after: injection.pod });
  return {
    yaml: { before: comparison.yaml.asWritten, after: comparison.yaml.asRuns },
    comparison,
    parts: listParts(injection.stages, comparison.yaml.asRuns, true),
  };
}
