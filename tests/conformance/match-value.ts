/** Stands for a key that must not be there. */
export const ABSENT = Symbol('absent');
/** Stands for any value but none. */
export const PRESENT = Symbol('present');

class Containing {
  readonly items: readonly unknown[];
  constructor(items: readonly unknown[]) {
    this.items = items;
  }
}

/** Stands for a list that holds these items among others, in any order. */
export function containing(...items: readonly unknown[]): unknown {
  return new Containing(items);
}

/** Where and how a value fails its expectation; empty when it meets it. */
export function findMismatches(expected: unknown, actual: unknown, place: string): string[] {
  if (expected === ABSENT) return actual === undefined ? [] : [`${place}: should be absent, is ${show(actual)}`];
  if (expected === PRESENT) return actual === undefined ? [`${place}: should be present`] : [];
  if (expected instanceof RegExp) {
    const isMatch = typeof actual === 'string' && expected.test(actual);
    return isMatch ? [] : [`${place}: should match ${expected}, is ${show(actual)}`];
  }
  if (expected instanceof Containing) return findMissing(expected, actual, place);
  if (Array.isArray(expected)) return findListMismatches(expected, actual, place);
  if (isObject(expected)) {
    if (!isObject(actual)) return [`${place}: should be an object, is ${show(actual)}`];
    return Object.entries(expected).flatMap(([key, value]) => findMismatches(value, actual[key], `${place}.${key}`));
  }
  return Object.is(expected, actual) ? [] : [`${place}: should be ${show(expected)}, is ${show(actual)}`];
}

function findListMismatches(expected: readonly unknown[], actual: unknown, place: string): string[] {
  if (!Array.isArray(actual)) return [`${place}: should be a list, is ${show(actual)}`];
  if (actual.length !== expected.length) {
    return [`${place}: should have ${expected.length} items, has ${actual.length}: ${show(actual)}`];
  }
  return expected.flatMap((item, at) => findMismatches(item, actual[at], `${place}.${at}`));
}

function findMissing({ items }: Containing, actual: unknown, place: string): string[] {
  if (!Array.isArray(actual)) return [`${place}: should be a list, is ${show(actual)}`];
  const isThere = (item: unknown) => actual.some((one) => findMismatches(item, one, '').length === 0);
  return items.filter((item) => !isThere(item)).map((item) => `${place}: should hold ${show(item)}: ${show(actual)}`);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const LONGEST_SHOWN = 1_500;

export function show(value: unknown): string {
  const asText = (_key: string, part: unknown) =>
    part instanceof RegExp || typeof part === 'symbol' ? String(part) : part;
  return (JSON.stringify(value, asText) ?? 'absent').slice(0, LONGEST_SHOWN);
}
