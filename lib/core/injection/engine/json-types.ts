/** Plain JSON, as the engine passes pods around. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export interface JsonMap {
  [key: string]: JsonValue;
}

export type JsonObject = { readonly [key: string]: JsonValue };

const EMPTY_OBJECT: JsonObject = {};

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** An own key of an object that may be missing. */
export function fieldOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export function objectAt(value: JsonValue | undefined, key: string): JsonObject {
  const field = fieldOf(value, key);
  return isObject(field) ? field : EMPTY_OBJECT;
}

export function listAt(value: JsonValue | undefined, key: string): readonly JsonValue[] {
  const field = fieldOf(value, key);
  return isList(field) ? field : [];
}

export function objectsAt(value: JsonValue | undefined, key: string): readonly JsonObject[] {
  return listAt(value, key).filter(isObject);
}

export function textAt(value: JsonValue | undefined, key: string): string {
  const field = fieldOf(value, key);
  return typeof field === 'string' ? field : '';
}

/** The texts of a map such as labels. */
export function textsOf(value: JsonValue | undefined): Readonly<Record<string, string>> {
  const out: Record<string, string> = {};
  for (const [key, item] of Object.entries(isObject(value) ? value : EMPTY_OBJECT)) {
    if (typeof item === 'string') out[key] = item;
  }
  return out;
}

/** Deep equality; key order does not count. */
export function isEqualJson(one: JsonValue | undefined, two: JsonValue | undefined): boolean {
  if (one === two) return true;
  if (isList(one))
    return isList(two) && one.length === two.length && one.every((item, at) => isEqualJson(item, two[at]));
  if (!isObject(one) || !isObject(two)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(two).length &&
    keys.every((key) => Object.hasOwn(two, key) && isEqualJson(one[key], two[key]))
  );
}
