/** Any JSON object, to be built and changed. */
export type JsonObject = Record<string, unknown>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectAt(value: unknown, ...path: readonly string[]): JsonObject {
  let current = value;
  for (const step of path) current = isJsonObject(current) ? current[step] : undefined;
  return isJsonObject(current) ? current : {};
}

export function objectsAt(value: unknown, field: string): JsonObject[] {
  const found = isJsonObject(value) ? value[field] : undefined;
  return Array.isArray(found) ? found.filter(isJsonObject) : [];
}

export function textAt(value: unknown, field: string): string {
  const found = isJsonObject(value) ? value[field] : undefined;
  return typeof found === 'string' ? found : '';
}

/** The texts of a map such as labels. */
export function textMapAt(value: unknown, field: string): Record<string, string> {
  const entries = Object.entries(objectAt(value, field));
  return Object.fromEntries(entries.flatMap(([key, item]) => (typeof item === 'string' ? [[key, item]] : [])));
}
