import { type ByteString, eachRune } from '@/lib/core/gotemplate/values/byte-string';
import { parseGoFloat, parseGoInteger } from '@/lib/core/gotemplate/values/parse-numbers';

const WORDS = new Set(
  (
    '~ null Null NULL y Y yes Yes YES n N no No NO true True TRUE false False FALSE on On ON off Off OFF << ' +
    '.nan .NaN .NAN .inf .Inf .INF +.inf +.Inf +.INF -.inf -.Inf -.INF'
  ).split(' '),
);
const STYLE_FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(Z|[+-]\d\d:\d\d)?)?$/;
const MAX_UINT64 = 2n ** 64n - 1n;
const MIN_INT64 = -(2n ** 63n);

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

function isTimestamp(text: string): boolean {
  const match = DATE.exec(text);
  if (match === null) return false;
  const [, year, month, day, separator, hour = '0', minute = '0', second = '0', zone] = match;
  if (Number(day) < 1 || Number(day) > daysIn(Number(year), Number(month))) return false;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return false;
  if (separator === undefined) return true;
  if ((separator === ' ') !== (zone === undefined)) return false;
  return zone === undefined || zone === 'Z' || (Number(zone.slice(1, 3)) <= 24 && Number(zone.slice(4)) <= 60);
}

function isInteger64(text: string): boolean {
  const int = parseGoInteger(text, 0);
  if (int === undefined || int > MAX_UINT64 || int < MIN_INT64) return false;
  return int < 2n ** 63n || !/^[+-]/.test(text);
}

function isNumber(text: string): boolean {
  if (text.startsWith('.')) return parseGoFloat(text) !== undefined;
  if (!/^[-+0-9]/.test(text)) return false;
  if (isTimestamp(text)) return true;
  const plain = text.replaceAll('_', '');
  return isInteger64(plain) || (STYLE_FLOAT.test(plain) && parseGoFloat(plain) !== undefined);
}

/** Whether a plain text would be read as something other than a string. Source: go-yaml v2, resolve.go and encode.go. */
export function wouldResolve(text: ByteString): boolean {
  return text === '' || (WORDS.has(text) && text !== '<<') || isNumber(text) || BASE_60.test(text);
}

const isBreakRune = (rune: number) => rune === 10 || rune === 13 || rune === 0x85 || rune === 0x2028 || rune === 0x2029;

/** What the emitter prints as it is. */
export function isYamlPrintable(rune: number): boolean {
  if (rune === 10 || (rune >= 0x20 && rune <= 0x7e)) return true;
  if (rune < 0xa0 || rune > 0xfffd || rune === 0xfeff) return false;
  return rune < 0xd800 || rune >= 0xe000;
}

export interface ScalarTraits {
  readonly isMultiline: boolean;
  readonly allowsPlain: boolean;
  readonly allowsSingle: boolean;
  readonly allowsLiteral: boolean;
}

const EMPTY: ScalarTraits = { isMultiline: false, allowsPlain: true, allowsSingle: true, allowsLiteral: false };
const FIRST_INDICATORS = new Set([...'#,[]{}&*!|>\'"%@`']);

/** Whether an indicator of block style stands in the text. */
function hasIndicator(text: ByteString): boolean {
  if (text.startsWith('---') || text.startsWith('...')) return true;
  if (FIRST_INDICATORS.has(text.charAt(0)) || /^[-?:](?:[ \t]|$)/.test(text)) return true;
  return /:(?:[ \t]|$)/.test(text) || /[ \t\0\r\n]#/.test(text) || /(?:\xc2\x85|\xe2\x80[\xa8\xa9])#/.test(text);
}

const ANY_STYLE: ScalarTraits = { isMultiline: false, allowsPlain: true, allowsSingle: true, allowsLiteral: true };
// What most keys and values are: nothing in it can be an indicator.
const SIMPLE = /^[A-Za-z0-9_/][A-Za-z0-9_./-]*$/;

/** A text of printable ASCII stands on one line. */
function traitsOfLine(text: ByteString): ScalarTraits {
  const endsBlank = text.endsWith(' ');
  const allowsPlain = !(endsBlank || text.startsWith(' ') || hasIndicator(text));
  return { isMultiline: false, allowsPlain, allowsSingle: true, allowsLiteral: !endsBlank };
}

/** Which styles a text may be written in. Source: go-yaml v2, emitterc.go, yaml_emitter_analyze_scalar. */
export function analyzeScalar(text: ByteString): ScalarTraits {
  if (text === '') return EMPTY;
  if (SIMPLE.test(text)) return ANY_STYLE;
  if (/^[ -~]*$/.test(text)) return traitsOfLine(text);
  let isMultiline = false;
  let isSpecial = false;
  let hasBreakSpace = false;
  let hasSpaceBreak = false;
  let previous: 'space' | 'break' | 'other' = 'other';
  for (const { rune } of eachRune(text)) {
    if (!isYamlPrintable(rune)) isSpecial = true;
    const current = rune === 0x20 ? 'space' : isBreakRune(rune) ? 'break' : 'other';
    if (current === 'break') isMultiline = true;
    if (current === 'space' && previous === 'break') hasBreakSpace = true;
    if (current === 'break' && previous === 'space') hasSpaceBreak = true;
    previous = current;
  }
  const isEdged = /^[ \r\n]|[ \r\n]$|^(?:\xc2\x85|\xe2\x80[\xa8\xa9])|(?:\xc2\x85|\xe2\x80[\xa8\xa9])$/.test(text);
  const isOdd = hasSpaceBreak || isSpecial;
  return {
    isMultiline,
    allowsPlain: !(isEdged || hasBreakSpace || isOdd || isMultiline || hasIndicator(text)),
    allowsSingle: !(hasBreakSpace || isOdd),
    allowsLiteral: !(text.endsWith(' ') || isOdd),
  };
}
