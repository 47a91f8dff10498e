import type { CallContext, GoFunction } from '@/lib/core/gotemplate/evaluate/go-function';
import type { ByteString } from '@/lib/core/gotemplate/values/byte-string';
import type { GoType } from '@/lib/core/gotemplate/values/go-type';
import { NONE, unwrapInterface, type Value } from '@/lib/core/gotemplate/values/go-value';

/** The arguments of a call, read by position; types were checked before. */
export class Args {
  readonly #values: readonly Value[];
  readonly context: CallContext;

  constructor(values: readonly Value[], context: CallContext) {
    this.#values = values;
    this.context = context;
  }

  /** An argument as it is, or what its interface slot holds. */
  value(index: number): Value {
    return unwrapInterface(this.#values[index] ?? NONE);
  }

  /** An argument with its slot. */
  raw(index: number): Value {
    return this.#values[index] ?? NONE;
  }

  rest(from: number): Value[] {
    return this.#values.slice(from).map(unwrapInterface);
  }

  get count(): number {
    return this.#values.length;
  }

  text(index: number): ByteString {
    const value = this.value(index);
    return value.kind === 'string' ? value.text : '';
  }

  number(index: number): number {
    const value = this.value(index);
    return value.kind === 'int' || value.kind === 'uint' ? Number(value.int) : 0;
  }

  bool(index: number): boolean {
    const value = this.value(index);
    return value.kind === 'bool' && value.bool;
  }
}

/** A function of fixed parameters. */
export function define(params: readonly GoType[], call: (args: Args) => Value): GoFunction {
  return { params, isVariadic: false, call: (values, context) => call(new Args(values, context)) };
}

/** A function whose last parameter may be given any number of times. */
export function defineVariadic(params: readonly GoType[], call: (args: Args) => Value): GoFunction {
  return { ...define(params, call), isVariadic: true };
}

/** The same function, declared to return `any`. */
export function returningAny(callee: GoFunction): GoFunction {
  return { ...callee, returnsAny: true };
}
