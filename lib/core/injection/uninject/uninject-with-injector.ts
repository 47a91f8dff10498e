import { flattenPod } from '@/lib/core/injection/engine/flatten-pod';
import { isEqualJson, type JsonObject, objectAt, objectsAt, textAt } from '@/lib/core/injection/engine/json-types';
import { PROXY_CONTAINER } from '@/lib/core/kube/names';
import { diffPods, isCoveredBy } from './diff-pods';
import { dropDefaults } from './drop-defaults';
import { listPlaceVariants, relocateParts } from './place-variants';
import { partAt, withPart } from './pod-paths';
import { CONTAINER_LISTS, type InjectionMarks, namesOfTemplate, readMarks } from './read-marks';
import type { Reinject, Trial, Try } from './reinject';
import { settleDoubts } from './settle-doubts';
import { stripClusterParts } from './strip-cluster-parts';
import { doubtAll, STATUS_PATH, uninjectPod } from './uninject-pod';
import { toPart, type UninjectedPart, type UninjectedPod } from './uninjected-pod';

/** A pod without its injection, held against the configuration that injected it. */
export interface VerifiedPod extends UninjectedPod {
  /**
   * `same`: injecting the result gives the pod again. `different`: the configuration is another one by now, or a hand changed the pod.
   * `refused`: the injector would not take the result. `none`: there was nothing to verify.
   */
  readonly verified: 'same' | 'different' | 'refused' | 'none';
  /** Where the pod differs from what injecting the result gives. */
  readonly differences: readonly string[];
}

/**
 * Takes the injection out of a pod and proves it: what is left is injected again and compared.
 *
 * Output: what the configuration would not have brought stays with the author, what it brings by itself goes,
 * and of the doubts those remain that injecting cannot settle. Where the proof fails, the pod's own marks decide alone.
 */
export function uninjectWithInjector(pod: JsonObject, reinject: Reinject): VerifiedPod {
  const marks = readMarksWith(pod, reinject);
  const alone = uninjectPod(pod, marks);
  if (marks === undefined) return { ...alone, verified: 'none', differences: [] };
  const found = toComparable(pod);
  const attempt: Try = (candidate) => {
    const made = reinject(candidate);
    if (made === undefined) return { pod: candidate, differences: [] };
    const differences = diffPods(toComparable(made.pod), found);
    return {
      pod: candidate,
      made,
      differences: differences.filter((path) => !marks.isDeduced || path !== STATUS_PATH),
    };
  };
  const first = tryPlaces(alone, marks, attempt);
  if (first.made === undefined) return { ...alone, verified: 'refused', differences: [] };
  const adopted = adopt(first, pod, marks, attempt);
  if (adopted === undefined) return toDifferent(alone, first, found, marks);
  const reduced = reduce(adopted, marks, attempt);
  const placed = { ...alone, pod: first.pod, parts: relocateParts(alone.parts, first.pod) };
  const settled = settleDoubts(mergeParts(placed, reduced, marks), reduced, attempt);
  const isSame = reduced.differences.length === 0;
  return {
    pod: sortLike(reduced.pod, pod),
    isInjected: true,
    parts: settled,
    verified: isSame ? 'same' : 'different',
    differences: reduced.differences,
  };
}

/** Without what a cluster adds to a pod that it runs. */
function toComparable(pod: JsonObject): JsonObject {
  return dropDefaults(stripClusterParts(pod));
}

/** A pod that lost its status annotation is read by what the templates of the configuration bring. */
function readMarksWith(pod: JsonObject, reinject: Reinject): InjectionMarks | undefined {
  const marks = readMarks(pod);
  if (marks?.isDeduced !== true) return marks;
  const made = reinject(uninjectPod(pod, marks).pod);
  if (made === undefined) return marks;
  const names = namesOfTemplate(made.templatePod);
  // A configuration that puts the sidecar elsewhere is not the one that injected this pod.
  const isOther = CONTAINER_LISTS.some((list) => names[list].has(PROXY_CONTAINER) !== marks[list].has(PROXY_CONTAINER));
  return isOther ? marks : readMarks(pod, names);
}

/** The first place of the author's own proxy with which the templates' containers come out as they were found. */
function tryPlaces(alone: UninjectedPod, marks: InjectionMarks, attempt: Try): Trial {
  const first = attempt(alone.pod);
  const isProven = ({ made, differences }: Trial) =>
    made !== undefined && !differences.some((path) => isTemplates(path, marks));
  if (isProven(first)) return first;
  for (const { pod } of listPlaceVariants(alone.pod, alone.parts).slice(1)) {
    const trial = attempt(pod);
    if (isProven(trial)) return trial;
  }
  return first;
}

/** The proof failed. A sidecar that has more than the configuration gives it, and nothing else, was there before. */
function toDifferent(alone: UninjectedPod, first: Trial, found: JsonObject, marks: InjectionMarks): VerifiedPod {
  const { differences } = first;
  const left = flattenPod(first.made === undefined ? {} : toComparable(first.made.pod));
  const right = flattenPod(found);
  const isAddedOnly = differences.every((path) => path.includes('#') || (!left.has(path) && right.has(path)));
  const isEarlier = isAddedOnly && marks.sent === undefined && differences.some((path) => isTemplates(path, marks));
  const parts = isEarlier ? doubtAll(alone.parts) : alone.parts;
  return { ...alone, parts, verified: 'different', differences };
}

/** A part of a container that a template brought. */
function isTemplates(path: string, marks: InjectionMarks): boolean {
  const [, list, name] = /^spec\.(containers|initContainers)\[(.*?)\]/.exec(path) ?? [];
  if (list !== 'containers' && list !== 'initContainers') return false;
  return marks[list].has(name ?? '');
}

/** Gives the author what the configuration would not bring; undefined where a template's own parts differ all the same. */
function adopt(first: Trial, pod: JsonObject, marks: InjectionMarks, attempt: Try): Trial | undefined {
  if (first.differences.length === 0) return first;
  const open = first.differences.filter(
    (path) => !path.includes('#') && !isTemplates(path, marks) && !isRefuted(path, marks),
  );
  const trial = open.length === 0 ? first : tryAdopting(open, first.pod, pod, attempt);
  const isProven = trial.made !== undefined && !trial.differences.some((path) => isTemplates(path, marks));
  return isProven ? trial : undefined;
}

/** What does not come out right although the author is given it was not the author's. */
function tryAdopting(open: readonly string[], own: JsonObject, pod: JsonObject, attempt: Try): Trial {
  const adoptAll = (paths: readonly string[]) =>
    attempt(
      sortLike(
        paths.reduce((at, path) => withPart(at, path, partAt(pod, path)), own),
        pod,
      ),
    );
  const trial = adoptAll(open);
  const helped = open.filter((path) => !trial.differences.includes(path));
  return helped.length === open.length ? trial : adoptAll(helped);
}

/** The API server's bookkeeping says that the author did not send it. */
function isRefuted(path: string, { sent }: InjectionMarks): boolean {
  const [, map, key] = /^metadata\.(labels|annotations)\[(.*)\]$/.exec(path) ?? [];
  return sent !== undefined && map !== undefined && key !== undefined && !sent.has('metadata', map, key);
}

/** Takes off what the templates bring by themselves, although the pod's own marks did not say so. */
function reduce(trial: Trial, marks: InjectionMarks, attempt: Try): Trial {
  if (trial.made === undefined) return trial;
  const brought = flattenPod(trial.made.templatePod);
  const own = flattenPod(trial.pod);
  const open = [...brought.keys()].filter(
    (path) => !CONTAINER.test(path) && !isRefutedRemoval(path, marks) && isEqualJson(own.get(path), brought.get(path)),
  );
  return open.reduce((best, path) => {
    const next = attempt(withPart(best.pod, path, undefined));
    return next.made !== undefined && next.differences.length <= best.differences.length ? next : best;
  }, trial);
}

const CONTAINER = /^spec\.(initContainers|containers)\[/;

function isRefutedRemoval(path: string, { sent }: InjectionMarks): boolean {
  const [, map, key] = /^metadata\.(labels|annotations)\[(.*)\]$/.exec(path) ?? [];
  return map !== undefined && key !== undefined && sent?.has('metadata', map, key) === true;
}

/** The parts that the pod's own marks gave, and those that the configuration changed. */
function mergeParts(alone: UninjectedPod, { pod }: Trial, marks: InjectionMarks): readonly UninjectedPart[] {
  const [before, after] = [flattenPod(alone.pod), flattenPod(pod)];
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  const changed = paths.filter((path) => !isEqualJson(before.get(path), after.get(path)));
  const kept = alone.parts.filter(
    ({ path, because }) =>
      because.code !== 'uninject.custom-template' && !changed.some((each) => isCoveredBy(each, path)),
  );
  const certainty = marks.sent === undefined ? 'implied' : 'recorded';
  const added = changed.map((path) =>
    after.has(path)
      ? toPart({ path, fate: 'kept', certainty, code: 'own-value', values: { field: path } })
      : toPart({ path, fate: 'taken-off', certainty: 'implied', code: 'template-value', values: { field: path } }),
  );
  return [...kept, ...added];
}

/** Volumes and pull secrets in the order in which the injected pod has them. */
function sortLike(pod: JsonObject, found: JsonObject): JsonObject {
  const [spec, model] = [objectAt(pod, 'spec'), objectAt(found, 'spec')];
  const sorted = (['volumes', 'imagePullSecrets'] as const).flatMap((list) => {
    if (spec[list] === undefined) return [];
    const place = new Map(objectsAt(model, list).map((item, index) => [textAt(item, 'name'), index]));
    const items = [...objectsAt(spec, list)];
    const at = (item: JsonObject) => place.get(textAt(item, 'name')) ?? place.size;
    return [[list, items.sort((one, two) => at(one) - at(two))] as const];
  });
  return { ...pod, spec: { ...spec, ...Object.fromEntries(sorted) } };
}
