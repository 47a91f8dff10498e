import 'server-only';

export type Json = Readonly<Record<string, unknown>>;

const EMPTY: Json = Object.freeze({});
const NONE: readonly never[] = Object.freeze([]);

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object under `key`; empty when there is none. */
export function objectAt(value: Json, key: string): Json {
  const found = value[key];
  return isJson(found) ? found : EMPTY;
}

/** The objects of the list under `key`; empty when there is none. */
export function objectsAt(value: Json, key: string): readonly Json[] {
  const found = value[key];
  return Array.isArray(found) ? found.filter(isJson) : NONE;
}

export function textAt(value: Json, key: string): string {
  const found = value[key];
  return typeof found === 'string' ? found : '';
}

export function numberAt(value: Json, key: string): number | undefined {
  const found = value[key];
  return typeof found === 'number' ? found : undefined;
}

/** The strings of the list under `key`; empty when it is null or missing. */
export function textsAt(value: Json, key: string): readonly string[] {
  const found = value[key];
  return Array.isArray(found) ? found.filter((item): item is string => typeof item === 'string') : NONE;
}

/** Parses a JSON text; undefined when it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
