import fc, { type Arbitrary } from 'fast-check';
import type { AnnotationValues } from './annotations.data';

/** Any JSON value; random pods may hold what no type allows. */
export type RandomObject = Readonly<Record<string, unknown>>;

/** An object of which each field is there or not. */
export function someOf(fields: Readonly<Record<string, Arbitrary<unknown>>>): Arbitrary<RandomObject> {
  return fc.record(fields, { requiredKeys: [] });
}

/** An object with these fields always, and those perhaps. */
export function withSome(
  always: Readonly<Record<string, Arbitrary<unknown>>>,
  perhaps: Readonly<Record<string, Arbitrary<unknown>>>,
): Arbitrary<RandomObject> {
  return fc.record({ ...always, ...perhaps }, { requiredKeys: Object.keys(always) });
}

/** `often` times in `of` the first, else the second. */
export function mostly<A, B>(often: number, of: number, first: Arbitrary<A>, second: Arbitrary<B>): Arbitrary<A | B> {
  return fc.oneof({ weight: often, arbitrary: first }, { weight: of - often, arbitrary: second });
}

/** Some of the annotations of a table, with values that are fine, or one time in four with wrong ones among them. */
export function textsFrom(table: readonly AnnotationValues[], most: number, isWrong: boolean): Arbitrary<RandomObject> {
  const entry = fc
    .constantFrom(...table)
    .chain(({ name, good, wrong }) =>
      fc
        .constantFrom(...(isWrong && wrong.length > 0 ? [...wrong, ...good] : good))
        .map((value) => [name, value] as const),
    );
  return fc.array(entry, { maxLength: most }).map((entries) => Object.fromEntries(entries));
}
