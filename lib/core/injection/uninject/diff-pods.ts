import { flattenPod } from '@/lib/core/injection/engine/flatten-pod';
import { isEqualJson, isObject, type JsonObject, listAt, objectAt } from '@/lib/core/injection/engine/json-types';
import { isPrometheusKey } from '@/lib/core/injection/engine/prometheus-keys';

const NAMED_LISTS = ['containers', 'initContainers', 'volumes', 'imagePullSecrets'] as const;

/**
 * Lists the places in which two pods differ, as paths of parts.
 *
 * Output: parts first, then `#order` for each list whose items are the same and stand otherwise; empty for pods that mean the same.
 */
export function diffPods(one: JsonObject, two: JsonObject): readonly string[] {
  const [left, right] = [flattenPod(one), flattenPod(two)];
  const paths = [...new Set([...left.keys(), ...right.keys()])];
  const parts = paths.filter((path) => !isEqualJson(left.get(path), right.get(path)));
  return [...parts, ...diffOrders(objectAt(one, 'spec'), objectAt(two, 'spec'))];
}

/** Stands for every spelling of the annotations that Prometheus reads. */
export const SCRAPE_PATH = 'metadata.annotations[prometheus_io_*]';

/** True when a path is a part or lies in it. */
export function isCoveredBy(path: string, part: string): boolean {
  if (part === SCRAPE_PATH) return isPrometheusKey(/^metadata\.annotations\[(.*)\]$/.exec(path)?.[1] ?? '');
  return path === part || (path.startsWith(part) && /^[.[]/.test(path.slice(part.length)));
}

function diffOrders(one: JsonObject, two: JsonObject): readonly string[] {
  return NAMED_LISTS.flatMap((list) => {
    const [left, right] = [namesIn(one, list), namesIn(two, list)];
    const shared = (names: readonly string[], others: readonly string[]) =>
      names.filter((name) => others.includes(name));
    const isMoved = shared(left, right).join() !== shared(right, left).join();
    return isMoved ? [`spec.${list}#order`] : [];
  });
}

function namesIn(spec: JsonObject, list: string): readonly string[] {
  return listAt(spec, list).map((item) => (isObject(item) ? String(item.name) : ''));
}
