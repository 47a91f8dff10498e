import type { GoType } from '@/lib/core/gotemplate/values/go-type';
import { type MapKey, type MapValue, NONE, type Value } from '@/lib/core/gotemplate/values/go-value';
import { goBool, goFloat, goInt, goInterface, goString, goUint } from '@/lib/core/gotemplate/values/make-values';

const KIND_ORDER = ['bigint', 'number', 'string', 'boolean'];

function compareKeys(one: MapKey, two: MapKey): number {
  if (typeof one !== typeof two) return KIND_ORDER.indexOf(typeof one) - KIND_ORDER.indexOf(typeof two);
  if (typeof one === 'number' && Number.isNaN(one)) return typeof two === 'number' && Number.isNaN(two) ? 0 : -1;
  if (typeof two === 'number' && Number.isNaN(two)) return 1;
  return one < two ? -1 : one > two ? 1 : 0;
}

/** A map's key as a value of its key type. */
export function keyValue(key: MapKey, type: GoType): Value {
  switch (type.kind) {
    case 'string':
      return goString(String(key), type);
    case 'int':
      return goInt(typeof key === 'bigint' ? key : 0n, type);
    case 'uint':
      return goUint(typeof key === 'bigint' ? key : 0n, type);
    case 'float':
      return goFloat(Number(key), type);
    case 'bool':
      return goBool(key === true, type);
    case 'interface':
      return goInterface(looseKey(key));
    default:
      return NONE;
  }
}

function looseKey(key: MapKey): Value {
  if (typeof key === 'string') return goString(key);
  if (typeof key === 'bigint') return goInt(key);
  return typeof key === 'number' ? goFloat(key) : goBool(key);
}

/** The entries of a map by ascending key: bytes, numbers (NaN first), false before true. Source: Go, internal/fmtsort. */
export function sortedEntries(map: MapValue): readonly (readonly [MapKey, Value])[] {
  if (map.entries === undefined) return [];
  return [...map.entries].sort(([one], [two]) => compareKeys(one, two));
}
