import { isObject, show } from './match-value';

/** One place where the clusters' answers differ. */
export interface Difference {
  /** `2.body.items.web.spec`: the step, then keys; items of a list by their name where they have one. */
  readonly place: string;
  readonly demo: unknown;
  readonly real: unknown;
}

/** Every place where two values differ, leaves only. */
export function findDifferences(demo: unknown, real: unknown, place: string): Difference[] {
  if (Array.isArray(demo) && Array.isArray(real)) return findListDifferences(demo, real, place);
  if (isObject(demo) && isObject(real)) {
    const keys = [...new Set([...Object.keys(demo), ...Object.keys(real)])];
    return keys.flatMap((key) => findDifferences(demo[key], real[key], `${place}.${key}`));
  }
  return Object.is(demo, real) ? [] : [{ place, demo, real }];
}

function findListDifferences(demo: readonly unknown[], real: readonly unknown[], place: string): Difference[] {
  const demoKeys = keysOf(demo);
  const realKeys = keysOf(real);
  if (demoKeys === undefined || realKeys === undefined) {
    const length = Math.max(demo.length, real.length);
    return Array.from({ length }, (_, at) => findDifferences(demo[at], real[at], `${place}.${at}`)).flat();
  }
  const common = demoKeys.filter((key) => realKeys.includes(key));
  const realOrder = realKeys.filter((key) => demoKeys.includes(key));
  const isSameOrder = common.every((key, at) => key === realOrder[at]);
  const all = [...new Set([...realKeys, ...demoKeys])];
  return [
    ...all.flatMap((key) =>
      findDifferences(demo[demoKeys.indexOf(key)], real[realKeys.indexOf(key)], `${place}.${key}`),
    ),
    ...(isSameOrder ? [] : [{ place: `${place}.(order)`, demo: common, real: realOrder }]),
  ];
}

/** What names the items of a list, when each has a name and no two share one. */
function keysOf(items: readonly unknown[]): string[] | undefined {
  const keys = items.map(nameOf).filter((key) => key !== undefined);
  return keys.length === items.length && new Set(keys).size === keys.length ? keys : undefined;
}

function nameOf(item: unknown): string | undefined {
  if (!isObject(item)) return undefined;
  const { name, resource, subresource, version, metadata } = item;
  const found = [isObject(metadata) ? metadata.name : undefined, name, resource, subresource, version];
  return found.find((one) => typeof one === 'string');
}

export function describeDifference({ place, demo, real }: Difference): string {
  return `${place}: real ${show(real)}, demo ${show(demo)}`;
}
