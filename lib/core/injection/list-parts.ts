import type { Phrase } from '@/lib/core/phrase';
import { explainOrigins, type PartOrigin } from './engine/explain-origins';
import type { InjectedStages } from './engine/inject-one';
import { originPhrase } from './engine/origin-phrase';
import { traceSources } from './engine/trace-sources';
import { type LineRange, locateParts } from './locate-parts';

/** A part that injection touched: which stage made it what it is, what that stage read, and where it stands. */
export interface InjectedPart extends Pick<PartOrigin, 'path' | 'change'> {
  readonly origin: Phrase;
  /** Annotations of the pod that shape it. */
  readonly annotations: readonly string[];
  /** Paths in the injector's values that shape it. */
  readonly values: readonly string[];
  /** In the injected pod's YAML; absent for what was removed. */
  readonly lines?: LineRange;
}

/**
 * Lists every part that injection touched, in the order of the pod.
 *
 * Input: `yaml` is the injected pod as a person reads it; `isTraced` also finds what the templates read, which takes one
 * rendering per annotation and value.
 */
export function listParts(stages: InjectedStages, yaml: string, isTraced: boolean): readonly InjectedPart[] {
  const origins = explainOrigins(stages);
  const sources = isTraced ? traceSources(stages) : new Map();
  const ranges = locateParts(
    yaml,
    origins.map(({ path }) => path),
  );
  return origins.map(({ path, change, origin }): InjectedPart => {
    const lines = change === 'removed' ? undefined : ranges.get(path);
    return {
      path,
      change,
      origin: originPhrase(origin),
      annotations: sources.get(path)?.annotations ?? [],
      values: sources.get(path)?.values ?? [],
      ...(lines && { lines }),
    };
  });
}
