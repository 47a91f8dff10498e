/** Thrown when a template asks for more than it may; the evaluator turns it into a TemplateError with the place. */
export class LimitReached extends Error {
  readonly limit: 'step-limit' | 'output-limit';

  constructor(limit: 'step-limit' | 'output-limit') {
    super(limit === 'step-limit' ? 'too many steps' : 'too much output');
    this.limit = limit;
  }
}

export interface ExecutionLimits {
  /** Nodes visited, functions called and values walked. */
  readonly maxSteps: number;
  /** Bytes of the output, and of any single string on the way. */
  readonly maxOutputBytes: number;
  /** Templates calling templates. */
  readonly maxDepth: number;
}

export const DEFAULT_LIMITS: ExecutionLimits = { maxSteps: 2_000_000, maxOutputBytes: 8_000_000, maxDepth: 1000 };

/** Counts what one execution has used. */
export class Budget {
  readonly limits: ExecutionLimits;
  #stepsLeft: number;

  constructor(limits: ExecutionLimits) {
    this.limits = limits;
    this.#stepsLeft = limits.maxSteps;
  }

  /** Takes steps; throws LimitReached when none are left. */
  spend(steps: number): void {
    this.#stepsLeft -= steps;
    if (this.#stepsLeft < 0) throw new LimitReached('step-limit');
  }

  /** Throws LimitReached for a text that is longer than the output may be. */
  checkLength(length: number): void {
    if (length > this.limits.maxOutputBytes) throw new LimitReached('output-limit');
  }
}
