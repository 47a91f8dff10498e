import type { GoMethod } from './go-type';
import type { Value } from './go-value';
import { addressOf, selectorOf, walkFields } from './selectors';

export const NIL_DEREFERENCE = 'runtime error: invalid memory address or nil pointer dereference';

export interface BoundMethod {
  readonly method: GoMethod;
  readonly receiver: Value;
  /** Set when the call is bound to fail, with the text of Go's panic. */
  readonly panic?: string;
}

function bind(method: GoMethod, receiver: Value, name: string): BoundMethod | undefined {
  if (receiver.kind === 'pointer') {
    if (method.onPointer) return { method, receiver };
    if (receiver.target !== undefined) return { method, receiver: receiver.target };
    const typeName = receiver.type.elem.name;
    const shortName = typeName.slice(typeName.lastIndexOf('.') + 1);
    return { method, receiver, panic: `value method ${typeName}.${name} called using nil *${shortName} pointer` };
  }
  if (!method.onPointer) return { method, receiver };
  return receiver.kind !== 'none' && receiver.isAddressable ? { method, receiver: addressOf(receiver) } : undefined;
}

/**
 * Finds a method of a value as Go's method sets have it: pointer methods on pointers and addressable values only,
 * methods of embedded structs included.
 */
export function findMethod(value: Value, name: string): BoundMethod | undefined {
  const holder = value.kind === 'pointer' ? value.target : value;
  const type = value.kind === 'none' ? undefined : value.kind === 'pointer' ? value.type.elem : value.type;
  if (type === undefined) return undefined;
  if (type.kind !== 'struct') {
    const own = type.methods.get(name);
    return own === undefined ? undefined : bind(own, value, name);
  }
  const selector = selectorOf(type, name);
  if (selector?.kind !== 'method') return undefined;
  if (selector.path.length === 0) return bind(selector.method, value, name);
  if (holder?.kind !== 'struct') return { method: selector.method, receiver: value, panic: NIL_DEREFERENCE };
  const step = walkFields(holder, selector.path);
  if (!step.ok) return { method: selector.method, receiver: value, panic: NIL_DEREFERENCE };
  return bind(selector.method, step.value, name);
}
