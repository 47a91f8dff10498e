import { dropStandIns, toComparison } from '@/lib/core/injection/compare-rendered';
import { explainOrigins } from '@/lib/core/injection/engine/explain-origins';
import { originPhrase } from '@/lib/core/injection/engine/origin-phrase';
import type { Phrase } from '@/lib/core/phrase';
import { cleanPodForDisplay } from '@/lib/core/pod/clean-pod-for-display';
import type { PodComparison } from '@/lib/core/pod/compare-pod-with-owner';
import type { RenderedSubject } from './forecast-pod';
import type { PreviewSubject } from './preview-types';

/** A part that injection touched, and what gave it the form that it gets. */
export interface PreviewPart {
  readonly path: string;
  readonly change: 'added' | 'changed' | 'removed';
  readonly origin: Phrase;
}

/** Everything about one rendered pod. */
export interface PreviewDetail {
  readonly yaml: { readonly before: string; readonly after?: string };
  readonly comparison?: PodComparison;
  readonly parts: readonly PreviewPart[];
}

/** Lays a rendered pod beside the pod as written, with the origin of each part. */
export function detailPreview({ kind, name }: PreviewSubject, { before, injection }: RenderedSubject): PreviewDetail {
  if (injection.kind !== 'injected') {
    return { yaml: { before: cleanPodForDisplay(dropStandIns(before, name)) }, parts: [] };
  }
  const comparison = toComparison({ kind, name, before, after: injection.pod });
  return {
    yaml: { before: comparison.yaml.asWritten, after: comparison.yaml.asRuns },
    comparison,
    parts: explainOrigins(injection.stages).map(({ path, change, origin }) => ({
      path,
      change,
      origin: originPhrase(origin),
    })),
  };
}
