import type { GoType } from '@/lib/core/gotemplate/values/go-type';
import type { Value } from '@/lib/core/gotemplate/values/go-value';
import { canBeNil, NONE } from '@/lib/core/gotemplate/values/go-value';
import { zeroOf } from '@/lib/core/gotemplate/values/make-values';
import { addressOf } from '@/lib/core/gotemplate/values/selectors';
import type { ExecState } from './state';

/** Whether a value of one type may stand where another is declared. */
export function isAssignable(from: GoType, to: GoType): boolean {
  if (from === to || to.kind === 'value') return true;
  return to.kind === 'interface' && (!to.hasMethods || to.accepts?.(from) === true);
}

function followOnce(state: ExecState, value: Value, type: GoType): Value | undefined {
  if (value.kind !== 'pointer' || !isAssignable(value.type.elem, type)) return undefined;
  return value.target ?? state.fail('nil-pointer', `dereference of nil pointer of type ${type.name}`);
}

/** Makes a value fit a parameter, or fails. Source: Go, text/template, exec.go, validateType. */
export function validate(state: ExecState, value: Value, type: GoType | undefined): Value {
  if (type === undefined || type.kind === 'value') return value;
  if (value.kind === 'none') {
    if (type.kind === 'interface') return NONE;
    return canBeNil(type) ? zeroOf(type) : state.fail('invalid-value', `invalid value; expected ${type.name}`);
  }
  if (isAssignable(value.type, type)) return value;
  const inner = value.kind === 'interface' ? (value.inner ?? value) : value;
  if (inner.kind === 'none' || isAssignable(inner.type, type)) return inner;
  const followed = followOnce(state, inner, type);
  if (followed !== undefined) return followed;
  const isAddress = type.kind === 'pointer' && type.elem === inner.type && inner.isAddressable;
  if (isAddress) return addressOf(inner);
  return state.fail('wrong-type', `wrong type for value; expected ${type.name}; got ${inner.type.name}`);
}
