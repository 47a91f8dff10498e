import { isObject } from './match-value';

export type Variables = Map<string, string>;

/** The value with every `{NAME}` of a known variable replaced, in keys as well. */
export function fillIn<T>(value: T, variables: Variables): T;
export function fillIn(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') {
    return value.replace(/\{(\w+)\}/g, (whole, name: string) => variables.get(name) ?? whole);
  }
  if (value instanceof RegExp) return new RegExp(fillIn(value.source, variables), value.flags);
  if (Array.isArray(value)) return value.map((item) => fillIn(item, variables));
  // Matchers are instances of classes and stay as they are.
  if (!isObject(value) || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [fillIn(key, variables), fillIn(part, variables)]),
  );
}

/** Takes what a step wants kept out of its answer. */
export function saveFrom(answer: unknown, places: Readonly<Record<string, string>>, variables: Variables): void {
  for (const [name, place] of Object.entries(places)) {
    let found: unknown = answer;
    for (const key of place.split('.'))
      found = isObject(found) || Array.isArray(found) ? Reflect.get(found, key) : undefined;
    if (found === undefined || found === null) throw new Error(`There is no ${place} to save as ${name}.`);
    variables.set(name, String(found));
  }
}
