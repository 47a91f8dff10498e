import type { ExecErrorClass } from '@/lib/core/gotemplate/template-error';
import type { ByteString } from '@/lib/core/gotemplate/values/byte-string';
import type { GoType } from '@/lib/core/gotemplate/values/go-type';
import type { Value } from '@/lib/core/gotemplate/values/go-value';
import type { Budget } from './limits';

/** What a function may use besides its arguments. */
export interface CallContext {
  readonly budget: Budget;
  /** The data that the template was executed with. */
  readonly root: Value;
  /** Steps of a run within the run, as Istio's `render` needs. */
  readonly depth: number;
}

export interface GoFunction {
  /** Types of the parameters; of a variadic one its element type. */
  readonly params: readonly GoType[];
  readonly isVariadic: boolean;
  /** Declared to return `any`, so that results go into an interface slot. */
  readonly returnsAny?: boolean;
  readonly call: (args: readonly Value[], context: CallContext) => Value;
}

export type FunctionMap = ReadonlyMap<string, GoFunction>;

/** Thrown by a function that fails; the message is what Go's function says. */
export class FunctionFailure extends Error {
  readonly class: ExecErrorClass;

  constructor(message: ByteString, errorClass: ExecErrorClass = 'function-error') {
    super(message);
    this.class = errorClass;
  }
}
