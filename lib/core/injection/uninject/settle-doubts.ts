import { type JsonObject, type JsonValue, objectAt, objectsAt, textAt } from '@/lib/core/injection/engine/json-types';
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
  return parts.map((part) => (part.certainty === 'unknown' ? settle(part, proven.pod, fits) : part));
}

function settle(part: UninjectedPart, pod: JsonObject, fits: (pod: JsonObject) => boolean): UninjectedPart {
  const implied = (): UninjectedPart => {
    const { alternatives: _alternatives, ...rest } = part;
    return { ...rest, certainty: 'implied' };
  };
  const { code } = part.because;
  if (part.fate === 'taken-off' && EXPLAINED.has(code)) return implied();
  if (code === 'uninject.own-container-list') return fits(withOtherList(pod, part.path)) ? part : implied();
  // Charts write all of these annotations or none.
  if (part.alternatives === undefined || code === 'uninject.scrape-written-too') return part;
  const now = partAt(pod, part.path) ?? null;
  const left = part.alternatives.filter(
    (value) => !isSameText(value, now) && fits(withPart(pod, part.path, value ?? undefined)),
  );
  return left.length === 0 ? implied() : { ...part, alternatives: left };
}

/** The container of a path in the other list, at its end. */
function withOtherList(pod: JsonObject, path: string): JsonObject {
  const name = /\[(.*)\]$/.exec(path)?.[1] ?? '';
  const spec = objectAt(pod, 'spec');
  const [regular, init] = [objectsAt(spec, 'containers'), objectsAt(spec, 'initContainers')];
  const isOwn = (container: JsonObject) => textAt(container, 'name') === name;
  const without = (list: readonly JsonObject[]) => list.filter((container) => !isOwn(container));
  const isRegular = regular.some(isOwn);
  const own = [...regular, ...init].filter(isOwn);
  const lists = isRegular
    ? { containers: without(regular), initContainers: [...init, ...own] }
    : { containers: [...regular, ...own], initContainers: without(init) };
  return { ...pod, spec: { ...spec, ...lists } };
}

function isSameText(one: JsonValue, two: JsonValue): boolean {
  return JSON.stringify(one) === JSON.stringify(two);
}
