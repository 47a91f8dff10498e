import { FunctionFailure, type GoFunction } from '@/lib/core/gotemplate/evaluate/go-function';
import type { ByteString } from '@/lib/core/gotemplate/values/byte-string';
import { ANY_VALUE } from '@/lib/core/gotemplate/values/go-type';
import { isTrue, NONE, unwrapInterface, type Value } from '@/lib/core/gotemplate/values/go-value';

function firstThat(isWanted: (value: Value) => boolean): GoFunction['call'] {
  return (args) => args.find(isWanted) ?? args.at(-1) ?? NONE;
}

const anyValues = { params: [ANY_VALUE, ANY_VALUE], isVariadic: true } as const;

/** Go's `and`; the evaluator stops at the first false argument when it meets this very object. */
export const AND: GoFunction = { ...anyValues, call: firstThat((value) => !isTrue(value)) };
/** Go's `or`, likewise. */
export const OR: GoFunction = { ...anyValues, call: firstThat(isTrue) };

/** `and` and `or` of Go before 1.18: all arguments are evaluated. */
export const EAGER_AND: GoFunction = { ...AND };
export const EAGER_OR: GoFunction = { ...OR };

/** Go's `call`; its messages name the operand, so the evaluator asks describeCallee for the function to run. */
export const CALL: GoFunction = { ...anyValues, call: () => NONE };

/** `call` of an operand. No value that a template can reach is a function, so it always fails. */
export function describeCallee(operand: ByteString): GoFunction {
  return {
    ...anyValues,
    call: ([callee]) => {
      const value = callee === undefined ? NONE : unwrapInterface(callee);
      if (value.kind === 'none') throw new FunctionFailure('call of nil');
      throw new FunctionFailure(`non-function ${operand} of type ${value.type.name}`);
    },
  };
}
