/** Whether one code point matches. */
export type RuneTest = (rune: number) => boolean;

export type AssertionKind = 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'word' | 'not-word';

export type PatternNode =
  | { readonly kind: 'rune'; readonly test: RuneTest }
  | { readonly kind: 'assert'; readonly assertion: AssertionKind }
  | { readonly kind: 'group'; readonly index: number; readonly body: PatternNode }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly parts: readonly PatternNode[] }
  | {
      readonly kind: 'repeat';
      readonly body: PatternNode;
      readonly least: number;
      /** Absent for no upper bound. */
      readonly most: number | undefined;
      readonly isGreedy: boolean;
    };

/** Thrown for a pattern that RE2 does not accept; the message is Go's. */
export class BadPattern extends Error {
  constructor(code: string, part: string) {
    super(`error parsing regexp: ${code}: \`${part}\``);
  }
}
