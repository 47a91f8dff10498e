import { type ByteString, eachRune } from '@/lib/core/gotemplate/values/byte-string';

const LETTER = /^\p{L}$/u;
const DIGIT = /^\p{Nd}$/u;
const isLetter = (rune: number) => LETTER.test(String.fromCodePoint(rune));
const isDigit = (rune: number | undefined) => rune !== undefined && DIGIT.test(String.fromCodePoint(rune));
const ZERO = 0x30;

/** A zero within a number that has begun counts as a digit of it. */
function isWithinNumber(runes: readonly number[], at: number): boolean {
  for (let before = at - 1; before >= 0 && isDigit(runes[before]); before--) if (runes[before] !== ZERO) return true;
  return false;
}

interface DigitRun {
  readonly number: bigint;
  readonly end: number;
}

function digitsFrom(runes: readonly number[], at: number, start: bigint): DigitRun {
  let number = start;
  let end = at;
  for (; isDigit(runes[end]); end++) number = BigInt.asIntN(64, number * 10n + BigInt((runes[end] ?? ZERO) - ZERO));
  return { number, end };
}

function compareAt(one: readonly number[], two: readonly number[], at: number): number {
  const [first = 0, second = 0] = [one[at], two[at]];
  const [isFirstLetter, isSecondLetter] = [isLetter(first), isLetter(second)];
  if (isFirstLetter && isSecondLetter) return first - second;
  if (isFirstLetter || isSecondLetter) return isSecondLetter ? -1 : 1;
  const start = (first === ZERO || second === ZERO) && isWithinNumber(one, at) ? 1n : 0n;
  const [firstRun, secondRun] = [digitsFrom(one, at, start), digitsFrom(two, at, start)];
  if (firstRun.number !== secondRun.number) return firstRun.number < secondRun.number ? -1 : 1;
  return firstRun.end !== secondRun.end ? firstRun.end - secondRun.end : first - second;
}

const isAsciiLetter = (code: number) => (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);

/** The first bytes that differ; 0 where there are none. */
function firstDifference(one: ByteString, two: ByteString): readonly [number, number] {
  const shared = Math.min(one.length, two.length);
  for (let at = 0; at < shared; at++) {
    const [first, second] = [one.charCodeAt(at), two.charCodeAt(at)];
    if (first !== second) return [first, second];
  }
  return [0, 0];
}

const runesOf = (key: ByteString) => [...eachRune(key)].map(({ rune }) => rune);

/** Compares keys as go-yaml v2 sorts them: letters after others, runs of digits as numbers. Source: go-yaml v2, sorter.go. */
export function compareNaturally(one: ByteString, two: ByteString): number {
  const [a, b] = firstDifference(one, two);
  if (isAsciiLetter(a) && isAsciiLetter(b)) return a - b;
  const [first, second] = [runesOf(one), runesOf(two)];
  const shared = Math.min(first.length, second.length);
  for (let at = 0; at < shared; at++) if (first[at] !== second[at]) return compareAt(first, second, at);
  return first.length - second.length;
}
