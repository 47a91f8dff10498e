import { type ByteString, eachRune, encodeRune } from './byte-string';
import { isUnicodeSpace } from './rune-classes';

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
const ASCII_ONLY = /^[\x00-\x7f]*$/;
const LETTER_OR_DIGIT = /^[\p{L}\p{Nd}_]$/u;

function mapRunes(text: ByteString, map: (rune: number) => number): ByteString {
  const parts: string[] = [];
  for (const { rune } of eachRune(text)) parts.push(encodeRune(map(rune)));
  return parts.join('');
}

/** Upper case of one code point; Go never makes two of one. */
function upperRune(rune: number): number {
  const upper = [...String.fromCodePoint(rune).toUpperCase()];
  return upper.length === 1 ? (upper[0]?.codePointAt(0) ?? rune) : rune;
}

/** Lower case of one code point. */
function lowerRune(rune: number): number {
  return String.fromCodePoint(rune).toLowerCase().codePointAt(0) ?? rune;
}

/** Source: Go, strings.ToUpper. */
export const upperCase = (text: ByteString): ByteString =>
  ASCII_ONLY.test(text) ? text.toUpperCase() : mapRunes(text, upperRune);

/** Source: Go, strings.ToLower. */
export const lowerCase = (text: ByteString): ByteString =>
  ASCII_ONLY.test(text) ? text.toLowerCase() : mapRunes(text, lowerRune);

function isSeparator(rune: number): boolean {
  if (LETTER_OR_DIGIT.test(String.fromCodePoint(rune))) return false;
  return rune < 0x80 || isUnicodeSpace(rune);
}

/** Source: Go, strings.Title. */
export function titleCase(text: ByteString): ByteString {
  let previous = 0x20;
  return mapRunes(text, (rune) => {
    const mapped = isSeparator(previous) ? upperRune(rune) : rune;
    previous = rune;
    return mapped;
  });
}

/** Lower case for the first character of each word. */
export function untitle(text: ByteString): ByteString {
  let isAtStart = true;
  return mapRunes(text, (rune) => {
    const mapped = isAtStart ? lowerRune(rune) : rune;
    isAtStart = isUnicodeSpace(rune);
    return mapped;
  });
}

/** Upper for lower case and the other way round. */
export const swapCase = (text: ByteString): ByteString =>
  mapRunes(text, (rune) => (upperRune(rune) === rune ? lowerRune(rune) : upperRune(rune)));

/** Text without any white space. */
export function deleteSpace(text: ByteString): ByteString {
  const parts: string[] = [];
  for (const { rune, at, width } of eachRune(text)) if (!isUnicodeSpace(rune)) parts.push(text.slice(at, at + width));
  return parts.join('');
}

/** Strips characters from both ends. */
function trimRunes(text: ByteString, isCut: (rune: number) => boolean): ByteString {
  const runes = [...eachRune(text)];
  let start = 0;
  let end = runes.length;
  while (start < end && isCut(runes[start]?.rune ?? 0)) start += 1;
  while (end > start && isCut(runes[end - 1]?.rune ?? 0)) end -= 1;
  const last = runes[end - 1];
  return start === end || last === undefined ? '' : text.slice(runes[start]?.at ?? 0, last.at + last.width);
}

/** Source: Go, strings.TrimSpace. */
export const trimSpace = (text: ByteString): ByteString => trimRunes(text, isUnicodeSpace);

/** Strips the characters of a set. */
export function trimSet(text: ByteString, set: ByteString): ByteString {
  const runes = new Set([...eachRune(set)].map(({ rune }) => rune));
  return trimRunes(text, (rune) => runes.has(rune));
}

/** Source: Go, strings.SplitN; a negative limit means none, an empty separator splits into characters. */
export function splitText(text: ByteString, separator: ByteString, limit = -1): ByteString[] {
  if (limit === 0) return [];
  const all =
    separator === '' ? [...eachRune(text)].map(({ at, width }) => text.slice(at, at + width)) : text.split(separator);
  if (limit < 0 || all.length <= limit) return all;
  return [...all.slice(0, limit - 1), all.slice(limit - 1).join(separator)];
}
