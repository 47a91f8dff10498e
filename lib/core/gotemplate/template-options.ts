import type { FunctionMap } from './evaluate/go-function';

export type MissingKey = 'default' | 'invalid' | 'zero' | 'error';

/** What Go before 1.18 did otherwise, as control planes up to Istio 1.13 do. Both are true for newer ones. */
export interface Compatibility {
  /** `and` and `or` stop at the argument that decides. */
  readonly shortCircuit: boolean;
  /** `eq` and `ne` may have nil on one side. */
  readonly nilComparison: boolean;
}

export interface TemplateOptions {
  /** Functions besides the built-ins, which they may replace. */
  readonly functions?: FunctionMap;
  /** Left and right delimiter; an empty one means Go's own. */
  readonly delims?: readonly [string, string];
  readonly missingKey?: MissingKey;
  readonly compatibility?: Compatibility;
}

export const CURRENT_GO: Compatibility = { shortCircuit: true, nilComparison: true };

/** The switches for an Istio minor release. */
export function compatibilityOf(minor: number): Compatibility {
  return { shortCircuit: minor > 13, nilComparison: minor > 13 };
}
