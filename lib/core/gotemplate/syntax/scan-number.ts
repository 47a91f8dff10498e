import { type ByteString, decodeRune } from '@/lib/core/gotemplate/values/byte-string';
import { isAlphanumeric } from '@/lib/core/gotemplate/values/rune-classes';

export interface ScannedNumber {
  readonly end: number;
  /** False when a letter or digit follows, which `end` then includes. */
  readonly isGood: boolean;
}

const SIGNED = /[+-]?/y;
const HEX = /0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?i?/y;
const OCTAL = /0[oO][0-7_]*(?:\.[0-7_]*)?i?/y;
const BINARY = /0[bB][01_]*(?:\.[01_]*)?i?/y;
const DECIMAL = /[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?i?/y;

function matchEnd(pattern: RegExp, input: ByteString, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(input) ? pattern.lastIndex : undefined;
}

/** Scans what may be a number, generously: the parser decides whether it is one. Source: Go, lex.go, scanNumber. */
export function scanNumber(input: ByteString, start: number): ScannedNumber {
  const digits = matchEnd(SIGNED, input, start) ?? start;
  const shapes = [HEX, OCTAL, BINARY, DECIMAL];
  const end = shapes.map((shape) => matchEnd(shape, input, digits)).find((found) => found !== undefined) ?? digits;
  if (end >= input.length) return { end, isGood: true };
  const { rune, width } = decodeRune(input, end);
  return isAlphanumeric(rune) ? { end: end + width, isGood: false } : { end, isGood: true };
}
