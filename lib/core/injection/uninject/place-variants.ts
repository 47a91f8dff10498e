import { type JsonObject, objectAt, objectsAt, textAt } from '@/lib/core/injection/engine/json-types';
import { PROXY_CONTAINER } from '@/lib/core/kube/names';
import { CONTAINER_LISTS, type ContainerList } from './read-marks';
import { withContainers } from './recover-own-containers';
import { toPart, type UninjectedPart } from './uninjected-pod';

/** A pod with the author's own proxy in another of the places where it may have stood. */
export interface PlaceVariant {
  readonly list: ContainerList;
  readonly index: number;
  readonly pod: JsonObject;
}

const isProxy = (container: JsonObject) => textAt(container, 'name') === PROXY_CONTAINER;

/**
 * Lists the places in which the author's own proxy may have stood, as far as that is open.
 *
 * Output: the pod as it is comes first; empty where the author has no proxy of that name or its place is known.
 */
export function listPlaceVariants(pod: JsonObject, parts: readonly UninjectedPart[]): readonly PlaceVariant[] {
  const spec = objectAt(pod, 'spec');
  const lists = { containers: objectsAt(spec, 'containers'), initContainers: objectsAt(spec, 'initContainers') };
  const home = CONTAINER_LISTS.find((list) => lists[list].some(isProxy));
  if (home === undefined) return [];
  const own = lists[home].find(isProxy);
  const isListOpen = parts.some(({ because }) => because.code === 'uninject.own-container-list');
  const open = isListOpen ? CONTAINER_LISTS : [home];
  if (own === undefined) return [];
  const without = (list: ContainerList) => lists[list].filter((container) => !isProxy(container));
  const now = lists[home].findIndex(isProxy);
  const variants = open.flatMap((list) => {
    const others = without(list);
    return [...Array(others.length + 1).keys()].map((index): PlaceVariant => {
      const placed = [...others.slice(0, index), own, ...others.slice(index)];
      const rest = list === 'containers' ? 'initContainers' : 'containers';
      const made = { [list]: placed, [rest]: without(rest) };
      const changed = { containers: made.containers ?? [], initContainers: made.initContainers ?? [] };
      return { list, index, pod: { ...pod, spec: withContainers(spec, changed) } };
    });
  });
  const isNow = ({ list, index }: PlaceVariant) => list === home && index === now;
  return [...variants.filter(isNow), ...variants.filter((variant) => !isNow(variant))];
}

/** The same parts when the author's own proxy turns out to have stood in the other list. */
export function relocateParts(parts: readonly UninjectedPart[], pod: JsonObject): readonly UninjectedPart[] {
  const spec = objectAt(pod, 'spec');
  const home = CONTAINER_LISTS.find((list) => objectsAt(spec, list).some(isProxy)) ?? 'containers';
  const other = home === 'containers' ? 'initContainers' : 'containers';
  const wrong = `spec.${other}[${PROXY_CONTAINER}]`;
  const isOwn = ({ path, fate }: UninjectedPart) => path.startsWith(wrong) && fate !== 'taken-off';
  if (!parts.some((part) => part.because.code === 'uninject.own-container' && isOwn(part))) return parts;
  const order = `spec.${home}#order`;
  const moved = parts
    .filter(({ path, because }) => because.code !== 'uninject.own-container-list' && path !== `spec.${other}#order`)
    .map((part) => (isOwn(part) ? { ...part, path: part.path.replace(`spec.${other}`, `spec.${home}`) } : part));
  if (objectsAt(spec, home).length < 2 || moved.some(({ path }) => path === order)) return moved;
  const doubt = { path: order, fate: 'restored', certainty: 'unknown', code: 'own-container-order' } as const;
  return [...moved, toPart({ ...doubt, values: { names: PROXY_CONTAINER } })];
}
