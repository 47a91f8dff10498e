import { quoteBytes } from '@/lib/core/gotemplate/format/quote';
import type { ByteString } from '@/lib/core/gotemplate/values/byte-string';
import { parseGoFloat, parseGoInteger } from '@/lib/core/gotemplate/values/parse-numbers';
import type { Token } from './token';
import { unquoteCharacter } from './unquote';

/** A numeric constant under every type that can hold it. Source: Go, text/template/parse, node.go, newNumber. */
export interface NumberLiteral {
  readonly int?: bigint;
  readonly uint?: bigint;
  readonly float?: number;
  readonly complex?: { readonly real: number; readonly imaginary: number };
}

export type NumberResult =
  | { readonly ok: true; readonly value: NumberLiteral }
  | { readonly ok: false; readonly message: string; readonly isBadCharacter: boolean };

const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);
const MAX_UINT64 = 2n ** 64n - 1n;

function ofFloat(float: number): NumberLiteral {
  if (!Number.isInteger(float)) return { float };
  const exact = BigInt(float);
  return {
    float,
    ...(exact >= MIN_INT64 && exact <= MAX_INT64 ? { int: exact } : {}),
    ...(exact >= 0n && exact <= MAX_UINT64 ? { uint: exact } : {}),
  };
}

function ofComplex(real: number, imaginary: number): NumberLiteral {
  return { complex: { real, imaginary }, ...(imaginary === 0 ? ofFloat(real) : {}) };
}

function ofCharacter(text: ByteString): NumberResult {
  const character = unquoteCharacter(text, 1, "'");
  if (character === undefined) return { ok: false, message: 'invalid syntax', isBadCharacter: true };
  if (text.slice(character.end) !== "'") {
    return { ok: false, message: `malformed character constant: ${text}`, isBadCharacter: true };
  }
  const int = BigInt(character.rune);
  return { ok: true, value: { int, uint: int, float: character.rune } };
}

/** Splits `1+2i` at the sign between the parts. */
function ofPair(text: ByteString): NumberResult {
  const split = /^(.*[^eEpP])([+-].*)i$/.exec(text);
  const real = parseGoFloat(split?.[1] ?? '');
  const imaginary = parseGoFloat(split?.[2] ?? '');
  if (real === undefined || imaginary === undefined) {
    return { ok: false, message: 'syntax error scanning complex number', isBadCharacter: false };
  }
  return { ok: true, value: ofComplex(real, imaginary) };
}

function ofNumber(text: ByteString): NumberResult {
  if (text.endsWith('i')) {
    const imaginary = parseGoFloat(text.slice(0, -1));
    if (imaginary !== undefined) return { ok: true, value: ofComplex(0, imaginary) };
  }
  const int = parseGoInteger(text, 0);
  if (int !== undefined && int >= MIN_INT64 && int <= MAX_UINT64) {
    const isUnsigned = int === 0n || (int > 0n && !/^[+-]/.test(text));
    if (isUnsigned || int <= MAX_INT64) {
      const value = { float: Number(int), ...(int <= MAX_INT64 ? { int } : {}), ...(isUnsigned ? { uint: int } : {}) };
      return { ok: true, value };
    }
  }
  const float = parseGoFloat(text);
  if (float === undefined)
    return { ok: false, message: `illegal number syntax: ${quoteBytes(text)}`, isBadCharacter: false };
  if (!/[.eEpP]/.test(text))
    return { ok: false, message: `integer overflow: ${quoteBytes(text)}`, isBadCharacter: false };
  return { ok: true, value: ofFloat(float) };
}

/** Reads a number, complex or character token. */
export function readNumberLiteral(token: Token): NumberResult {
  if (token.kind === 'char-constant') return ofCharacter(token.text);
  return token.kind === 'complex' ? ofPair(token.text) : ofNumber(token.text);
}
