import { compareUtf8, formatGoJsonNumber, quoteGoJson } from './go-text';
import { isList, isObject, type JsonObject, type JsonValue } from './json-types';
import { type KubeType, kubeStruct } from './kube-schema';

/**
 * Writes a typed object as Go's encoding/json does: struct fields in declaration order, map keys sorted, no blanks.
 *
 * Input: an object that went through `decodeKube` of the same struct.
 */
export function writeStructJson(structName: string, value: JsonObject): string {
  const parts: string[] = [];
  for (const field of kubeStruct(structName).fields) {
    const item = Object.hasOwn(value, field.json) ? value[field.json] : undefined;
    if (item !== undefined) parts.push(`${quoteGoJson(field.json)}:${writeTyped(field.type, item)}`);
  }
  return `{${parts.join(',')}}`;
}

function writeTyped(type: KubeType, value: JsonValue): string {
  if (type.kind === 'pointer') return writeTyped(type.of, value);
  if (type.kind === 'list' && isList(value)) return `[${value.map((item) => writeTyped(type.of, item)).join(',')}]`;
  if (type.kind === 'map' && isObject(value)) return writeEntries(value, (item) => writeTyped(type.of, item));
  if (type.kind === 'struct' && isObject(value)) return writeStructJson(type.name, value);
  return writeGoJson(value);
}

/** Writes plain JSON as Go does a map of anything: keys sorted, no blanks, `<`, `>` and `&` escaped. */
export function writeGoJson(value: JsonValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quoteGoJson(value);
  if (typeof value === 'number') return formatGoJsonNumber(value);
  if (typeof value === 'boolean') return String(value);
  if (isList(value)) return `[${value.map(writeGoJson).join(',')}]`;
  return isObject(value) ? writeEntries(value, writeGoJson) : 'null';
}

function writeEntries(value: JsonObject, write: (item: JsonValue) => string): string {
  const keys = Object.keys(value).sort(compareUtf8);
  return `{${keys.map((key) => `${quoteGoJson(key)}:${write(value[key] ?? null)}`).join(',')}}`;
}
