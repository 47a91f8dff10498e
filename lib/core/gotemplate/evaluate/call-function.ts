import type { AnyNode } from '@/lib/core/gotemplate/syntax/nodes';
import type { ByteString } from '@/lib/core/gotemplate/values/byte-string';
import type { GoType } from '@/lib/core/gotemplate/values/go-type';
import { isTrue, NONE, type Value } from '@/lib/core/gotemplate/values/go-value';
import { goInterface } from '@/lib/core/gotemplate/values/make-values';
import type { BoundMethod } from '@/lib/core/gotemplate/values/methods';
import { validate } from './assign';
import { FunctionFailure, type GoFunction } from './go-function';
import type { ExecState } from './state';

/** An argument ready to be evaluated against the type of its parameter. */
export type CompiledArgument = (state: ExecState, dot: Value, type: GoType) => Value;

export interface Arguments {
  readonly nodes: readonly CompiledArgument[];
  /** The piped value, which comes last. */
  readonly final: Value | undefined;
}

export const NO_ARGUMENTS: Arguments = { nodes: [], final: undefined };

interface Signature {
  readonly params: readonly GoType[];
  readonly isVariadic: boolean;
}

function checkCount(state: ExecState, name: ByteString, { params, isVariadic }: Signature, args: Arguments): void {
  const given = args.nodes.length + (args.final === undefined ? 0 : 1);
  const fixed = params.length - (isVariadic ? 1 : 0);
  if (isVariadic && given < fixed) {
    const message = `wrong number of args for ${name}: want at least ${fixed} got ${args.nodes.length}`;
    state.fail('wrong-arg-count', message);
  }
  if (!isVariadic && given !== fixed) {
    state.fail('wrong-arg-count', `wrong number of args for ${name}: want ${fixed} got ${given}`);
  }
}

function evaluateAll(state: ExecState, dot: Value, { params }: Signature, args: Arguments): Value[] {
  const last = params.at(-1);
  const values: Value[] = [];
  for (const node of args.nodes) {
    const type = params[values.length] ?? last;
    if (type !== undefined) values.push(node(state, dot, type));
  }
  if (args.final !== undefined) values.push(validate(state, args.final, params[values.length] ?? last));
  return values;
}

/** Accounts for what a call made, so that no function can make a template outgrow its limits. */
function charge(state: ExecState, result: Value): void {
  state.budget.spend(1);
  if (result.kind === 'string') state.budget.checkLength(result.text.length);
  else if (result.kind === 'slice') state.budget.spend(result.items?.length ?? 0);
  else if (result.kind === 'map') state.budget.spend(result.entries?.size ?? 0);
}

function guard(state: ExecState, node: AnyNode, name: ByteString, call: () => Value): Value {
  try {
    const result = call();
    charge(state, result);
    return result;
  } catch (error) {
    if (!(error instanceof FunctionFailure)) throw error;
    state.node = node;
    return state.fail(error.class, `error calling ${name}: ${error.message}`);
  }
}

/** Calls a function with arguments. Source: Go, text/template, exec.go, evalCall. */
export function callFunction(
  state: ExecState,
  dot: Value,
  callee: GoFunction,
  node: AnyNode,
  name: ByteString,
  args: Arguments,
): Value {
  checkCount(state, name, callee, args);
  const values = evaluateAll(state, dot, callee, args);
  const result = guard(state, node, name, () => callee.call(values, state));
  return callee.returnsAny === true ? goInterface(result) : result;
}

/** Calls a method of a value. */
export function callMethod(
  state: ExecState,
  dot: Value,
  bound: BoundMethod,
  node: AnyNode,
  name: ByteString,
  args: Arguments,
): Value {
  const { method, receiver, panic } = bound;
  checkCount(state, name, method, args);
  if (method.badSignature !== undefined) state.fail('bad-signature', method.badSignature);
  const values = evaluateAll(state, dot, method, args);
  return guard(state, node, name, () => {
    if (panic !== undefined) throw new FunctionFailure(panic);
    return method.call(receiver, values);
  });
}

/** `and` and `or`, which stop at the argument that decides. */
export function callShortCircuit(
  state: ExecState,
  dot: Value,
  callee: GoFunction,
  name: 'and' | 'or',
  args: Arguments,
): Value {
  checkCount(state, name, callee, args);
  const [type] = callee.params;
  let value: Value = NONE;
  for (const node of args.nodes) {
    if (type !== undefined) value = node(state, dot, type);
    if (isTrue(value) === (name === 'or')) return value;
  }
  return args.final ?? value;
}
