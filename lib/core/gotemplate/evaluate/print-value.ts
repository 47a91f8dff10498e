import { sprintOne } from '@/lib/core/gotemplate/format/printf';
import type { ActionNode } from '@/lib/core/gotemplate/syntax/nodes';
import { printNode } from '@/lib/core/gotemplate/syntax/print-node';
import { follow, type Value } from '@/lib/core/gotemplate/values/go-value';
import { goString } from '@/lib/core/gotemplate/values/make-values';
import { findMethod } from '@/lib/core/gotemplate/values/methods';
import { addressOf } from '@/lib/core/gotemplate/values/selectors';
import type { ExecState } from './state';

const NO_VALUE = goString('<no value>');

const printsItself = (value: Value) =>
  findMethod(value, 'Error') !== undefined || findMethod(value, 'String') !== undefined;

/**
 * Follows pointers to what is best printed; none reads `<no value>`.
 *
 * Output: undefined for functions, which cannot be printed.
 * Source: Go, text/template, exec.go, printableValue.
 */
export function toPrintable(start: Value): Value | undefined {
  const value = start.kind === 'pointer' ? follow(start).value : start;
  if (value.kind === 'none') return NO_VALUE;
  if (value.kind === 'string' || value.isAddressable === false) return value.kind === 'func' ? undefined : value;
  if (!printsItself({ ...value, isAddressable: false }) && printsItself(value)) return addressOf(value);
  return value.kind === 'func' ? undefined : value;
}

/** Writes the value of an action. */
export function printValue(state: ExecState, node: ActionNode, value: Value): void {
  if (value.kind === 'string') {
    state.write(value.text);
    return;
  }
  const printable = toPrintable(value);
  if (printable !== undefined) state.write(sprintOne(state.budget, printable));
  else
    state.fail('unprintable', `can't print ${printNode(node)} of type ${value.kind === 'none' ? '' : value.type.name}`);
}
