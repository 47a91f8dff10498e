import { isAssignable } from '@/lib/core/gotemplate/evaluate/assign';
import { FunctionFailure } from '@/lib/core/gotemplate/evaluate/go-function';
import { type GoType, UINT8 } from '@/lib/core/gotemplate/values/go-type';
import {
  asAddressable,
  canBeNil,
  follow,
  type MapKey,
  type MapValue,
  typeName,
  unwrapInterface,
  type Value,
} from '@/lib/core/gotemplate/values/go-value';
import { goSlice, goString, goUint, zeroOf } from '@/lib/core/gotemplate/values/make-values';

const fail = (message: string): never => {
  throw new FunctionFailure(message, 'index-error');
};

function indexNumber(index: Value, limit: number): number {
  if (index.kind === 'none') return fail('cannot index slice/array with nil');
  if (index.kind !== 'int' && index.kind !== 'uint') {
    return fail(`cannot index slice/array with type ${index.type.name}`);
  }
  const number = BigInt.asIntN(64, index.int);
  if (number < 0n || number > BigInt(limit)) return fail(`index out of range: ${number}`);
  return Number(number);
}

/** The payload of a basic value as a map has it for a key. */
function mapKeyOf(value: Value): MapKey | undefined {
  switch (value.kind) {
    case 'string':
      return value.text;
    case 'int':
    case 'uint':
      return value.int;
    case 'float':
      return value.float;
    case 'bool':
      return value.bool;
    default:
      return undefined;
  }
}

function keyFor(index: Value, type: GoType): MapKey | undefined {
  if (index.kind === 'none') {
    return canBeNil(type) ? undefined : fail(`value is nil; should be of type ${type.name}`);
  }
  const isInteger = type.kind === 'int' || type.kind === 'uint';
  if (isInteger && (index.kind === 'int' || index.kind === 'uint')) {
    return type.kind === 'int' ? BigInt.asIntN(type.bits, index.int) : BigInt.asUintN(type.bits, index.int);
  }
  if (!isAssignable(index.type, type)) return fail(`value has type ${index.type.name}; should be ${type.name}`);
  return mapKeyOf(index);
}

function indexMap(map: MapValue, index: Value): Value {
  const key = keyFor(index, map.type.key);
  return (key === undefined ? undefined : map.entries?.get(key)) ?? zeroOf(map.type.elem);
}

/** Go's `index`. Source: Go, text/template, funcs.go. */
export function indexInto(start: Value, indexes: readonly Value[]): Value {
  let item = unwrapInterface(start);
  if (item.kind === 'none') return fail('index of untyped nil');
  for (const index of indexes) {
    const { value, isNil } = follow(item);
    if (isNil) return fail('index of nil pointer');
    switch (value.kind) {
      case 'string': {
        const at = indexNumber(index, value.text.length);
        if (at >= value.text.length) return fail('reflect: string index out of range');
        item = goUint(value.text.charCodeAt(at), UINT8);
        break;
      }
      case 'slice': {
        const found = value.items?.[indexNumber(index, value.items.length)];
        if (value.items === undefined) indexNumber(index, 0);
        if (found === undefined) return fail('reflect: slice index out of range');
        item = found.kind === 'none' ? found : asAddressable(found);
        break;
      }
      case 'map':
        item = indexMap(value, index);
        break;
      default:
        return fail(`can't index item of type ${typeName(value)}`);
    }
  }
  return item;
}

/** Go's `len`. */
export function lengthOf(start: Value): number {
  if (start.kind === 'none') throw new FunctionFailure('reflect: call of reflect.Value.Type on zero Value');
  const { value, isNil } = follow(start);
  if (isNil) throw new FunctionFailure('len of nil pointer');
  switch (value.kind) {
    case 'string':
      return value.text.length;
    case 'slice':
      return value.items?.length ?? 0;
    case 'map':
      return value.entries?.size ?? 0;
    default:
      throw new FunctionFailure(`len of type ${typeName(value)}`);
  }
}

/** Go's `slice`, which sprig's replaces in Istio. A list's capacity counts as its length. */
export function sliceOf(item: Value, indexes: readonly Value[]): Value {
  if (item.kind === 'none') return fail('slice of untyped nil');
  const { value, isNil } = follow(item);
  if (isNil) return fail('slice of nil pointer');
  if (indexes.length > 3) return fail(`too many slice indexes: ${indexes.length}`);
  if (value.kind === 'string' && indexes.length === 3) return fail('cannot 3-index slice a string');
  if (value.kind !== 'string' && value.kind !== 'slice') return fail(`can't slice item of type ${typeName(value)}`);
  const length = lengthOf(value);
  const [from = 0, to = length, cap = length] = indexes.map((index) => indexNumber(index, length));
  if (from > to) return fail(`invalid slice index: ${from} > ${to}`);
  if (to > cap) return fail(`invalid slice index: ${to} > ${cap}`);
  if (value.kind === 'string') return goString(value.text.slice(from, to), value.type);
  return goSlice(value.type, value.items?.slice(from, to));
}
