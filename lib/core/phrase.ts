/**
 * A sentence by reference: the message catalogs hold the text under `phrase.<code>`, `values` fill its placeholders.
 *
 * Core speaks in phrases so that its results read in every language and can be compared in tests.
 */
export interface Phrase<Code extends string = string> {
  readonly code: Code;
  readonly values?: Readonly<Record<string, string | number>>;
}
