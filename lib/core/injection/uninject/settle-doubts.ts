import { type JsonObject, type JsonValue, objectAt } from '@/lib/core/injection/engine/json-types';
import { PROXY_CONTAINER } from '@/lib/core/kube/names';
import { listPlaceVariants, type PlaceVariant } from './place-variants';
import { partAt, withPart } from './pod-paths';
import type { Trial, Try } from './reinject';
import type { UninjectedPart } from './uninjected-pod';

/** Doubts about parts that went, which the template explains by itself once the configuration is known. */
const EXPLAINED: ReadonlySet<string> = new Set(['uninject.capture-setting', 'uninject.template-key']);

/**
 * Tries what else may have stood in a doubtful place, and keeps the doubt only where injection cannot tell the difference.
 *
 * Output: the same parts; a doubt without an alternative left becomes `implied`.
 */
export function settleDoubts(parts: readonly UninjectedPart[], proven: Trial, attempt: Try): readonly UninjectedPart[] {
  const fits = (pod: JsonObject) => {
    const trial = attempt(pod);
    return trial.made !== undefined && trial.differences.length <= proven.differences.length;
  };
  const places = listPlaceVariants(proven.pod, parts);
  return parts.map((part) => (part.certainty === 'unknown' ? settle(part, proven.pod, places, fits) : part));
}

function settle(
  part: UninjectedPart,
  pod: JsonObject,
  places: readonly PlaceVariant[],
  fits: (pod: JsonObject) => boolean,
): UninjectedPart {
  const implied = (): UninjectedPart => {
    const { alternatives: _alternatives, ...rest } = part;
    return { ...rest, certainty: 'implied' };
  };
  const { code } = part.because;
  if (part.fate === 'taken-off' && EXPLAINED.has(code)) return implied();
  if (code === 'uninject.init-containers-erased') return fits(withInit(pod)) ? part : implied();
  const [now, ...others] = places;
  if (code === 'uninject.own-container-list') {
    return others.some(({ list, pod: other }) => list !== now?.list && fits(other)) ? part : implied();
  }
  if (code === 'uninject.own-container-order') {
    const isProxys = part.because.values?.names === PROXY_CONTAINER && part.path === `spec.${now?.list}#order`;
    return !isProxys || others.some(({ list, pod: other }) => list === now?.list && fits(other)) ? part : implied();
  }
  // Charts write all of these annotations or none.
  if (part.alternatives === undefined || code === 'uninject.scrape-written-too') return part;
  const standing = partAt(pod, part.path) ?? null;
  const left = part.alternatives.filter(
    (value) => !isSameText(value, standing) && fits(withPart(pod, part.path, value ?? undefined)),
  );
  return left.length === 0 ? implied() : { ...part, alternatives: left };
}

/** With an init container that an injection which leaves them alone would keep. */
function withInit(pod: JsonObject): JsonObject {
  const spec = objectAt(pod, 'spec');
  return { ...pod, spec: { ...spec, initContainers: [{ name: 'sidelight-probe', image: 'none', resources: {} }] } };
}

function isSameText(one: JsonValue, two: JsonValue): boolean {
  return JSON.stringify(one) === JSON.stringify(two);
}
