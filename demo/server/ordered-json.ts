import { isRecord } from './json-access';
import { memberOf, type TypeSchema } from './object-schema';
import type { JsonObject } from './object-types';

/** Which objects of a document a patch went into: their keys come out in order. */
export interface Touched {
  readonly [key: string]: Touched;
}

/** The objects on the way to the spots that JSON patch paths name. */
export function touchedBy(paths: readonly string[]): Touched {
  const root: Record<string, Touched> = {};
  for (const path of paths) {
    let level = root;
    for (const step of path.split('/').slice(1, -1)) {
      const next: Record<string, Touched> = { ...level[step] };
      level[step] = next;
      level = next;
    }
  }
  return root;
}

/** The objects that a merge patch goes into. */
export function touchedByMerge(patch: JsonObject): Touched {
  const entries = Object.entries(patch).filter((entry): entry is [string, JsonObject] => isRecord(entry[1]));
  return Object.fromEntries(entries.map(([key, value]) => [key, touchedByMerge(value)]));
}

/** JSON as the real server's patch libraries leave it: fields in the order of their type, except where the patch went. */
export function orderedJson(schema: TypeSchema | undefined, value: unknown, touched: Touched | undefined): string {
  if (Array.isArray(value)) {
    const of = schema?.kind === 'list' ? schema.of : undefined;
    return `[${value.map((item, at) => orderedJson(of, item, touched?.[String(at)])).join(',')}]`;
  }
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  const ordered =
    touched === undefined && schema?.kind === 'struct' ? inTypeOrder(keys, [...schema.fields.keys()]) : keys.sort();
  const members = ordered.map((key) => {
    const member = schema === undefined ? undefined : memberOf(schema, key);
    return `${JSON.stringify(key)}:${orderedJson(member, value[key], touched?.[key])}`;
  });
  return `{${members.join(',')}}`;
}

function inTypeOrder(keys: readonly string[], fields: readonly string[]): string[] {
  const place = (key: string) => (fields.includes(key) ? fields.indexOf(key) : fields.length);
  return [...keys].sort((left, right) => place(left) - place(right));
}
