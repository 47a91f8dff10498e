import { quoteBytes } from '@/lib/core/gotemplate/format/quote';
import type { AnyNode } from '@/lib/core/gotemplate/syntax/nodes';
import type { ByteString } from '@/lib/core/gotemplate/values/byte-string';
import { STRING } from '@/lib/core/gotemplate/values/go-type';
import {
  follow,
  type MapValue,
  NONE,
  type PointerValue,
  type StructValue,
  type TypedValue,
  type Value,
} from '@/lib/core/gotemplate/values/go-value';
import { zeroOf } from '@/lib/core/gotemplate/values/make-values';
import { findMethod } from '@/lib/core/gotemplate/values/methods';
import { selectorOf, walkFields } from '@/lib/core/gotemplate/values/selectors';
import { isAssignable } from './assign';
import { type Arguments, callMethod, NO_ARGUMENTS } from './call-function';
import type { ExecState } from './state';

const hasArguments = (args: Arguments) => args.nodes.length > 0 || args.final !== undefined;

function noField(state: ExecState, name: ByteString, typeName: string): never {
  return state.fail('no-field', `can't evaluate field ${name} in type ${typeName}`);
}

function readStruct(state: ExecState, value: StructValue, name: ByteString, typeName: string, args: Arguments): Value {
  const selector = selectorOf(value.type, name);
  if (selector?.kind !== 'field') return noField(state, name, typeName);
  const step = walkFields(value, selector.path);
  if (!/^\p{Lu}/u.test(name)) {
    return state.fail('unexported-field', `${name} is an unexported field of struct type ${typeName}`);
  }
  if (!step.ok) {
    const through = step.through.slice(step.through.lastIndexOf('.') + 1);
    const message = `reflect: indirection through nil pointer to embedded struct field ${through}`;
    return state.fail('nil-pointer', message);
  }
  if (hasArguments(args)) {
    return state.fail('not-a-function', `${name} has arguments but cannot be invoked as function`);
  }
  return step.value;
}

function readMap(state: ExecState, value: MapValue, name: ByteString, args: Arguments): Value {
  if (hasArguments(args)) return state.fail('not-a-function', `${name} is not a method but has arguments`);
  const found = value.entries?.get(name);
  if (found !== undefined) return found;
  if (state.source.missingKey === 'zero') return zeroOf(value.type.elem);
  if (state.source.missingKey !== 'error') return NONE;
  return state.fail('map-missing-key', `map has no entry for key ${quoteBytes(name)}`);
}

function readNilPointer(state: ExecState, value: PointerValue, name: ByteString, typeName: string): never {
  const { elem } = value.type;
  if (elem.kind === 'struct' && selectorOf(elem, name)?.kind !== 'field') return noField(state, name, typeName);
  return state.fail('nil-pointer', `nil pointer evaluating ${typeName}.${name}`);
}

/** Reads `.name` of a value, or calls its method of that name. Source: Go, text/template, exec.go, evalField. */
function readField(
  state: ExecState,
  dot: Value,
  name: ByteString,
  node: AnyNode,
  args: Arguments,
  receiver: Value,
): Value {
  if (receiver.kind === 'none') {
    if (state.source.missingKey !== 'error') return NONE;
    return state.fail('map-missing-key', `nil data; no entry for key ${quoteBytes(name)}`);
  }
  if (receiver.kind === 'map' && receiver.type.key === STRING) return readMap(state, receiver, name, args);
  const typeName = receiver.type.name;
  const { value } = follow(receiver);
  if (value.kind === 'none' || value.kind === 'interface') {
    return state.fail('nil-pointer', `nil pointer evaluating ${typeName}.${name}`);
  }
  const method = findMethod(value, name);
  if (method !== undefined) return callMethod(state, dot, method, node, name, args);
  return readPlain(state, value, name, typeName, args);
}

function readPlain(state: ExecState, value: TypedValue, name: ByteString, typeName: string, args: Arguments): Value {
  switch (value.kind) {
    case 'struct':
      return readStruct(state, value, name, typeName, args);
    case 'map':
      if (isAssignable(STRING, value.type.key)) return readMap(state, value, name, args);
      return noField(state, name, typeName);
    case 'pointer':
      return readNilPointer(state, value, name, typeName);
    default:
      return noField(state, name, typeName);
  }
}

/** Reads a chain of names; only the last one gets the arguments. */
export function readChain(
  state: ExecState,
  dot: Value,
  start: Value,
  node: AnyNode,
  names: readonly ByteString[],
  args: Arguments,
): Value {
  let value = start;
  const last = names.length - 1;
  for (let index = 0; index < last; index++) {
    value = readField(state, dot, names[index] ?? '', node, NO_ARGUMENTS, value);
  }
  return readField(state, dot, names[last] ?? '', node, args, value);
}
