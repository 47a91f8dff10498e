import { FunctionFailure, type GoFunction } from '@/lib/core/gotemplate/evaluate/go-function';
import { sprintf } from '@/lib/core/gotemplate/format/printf';
import { quoteBytes } from '@/lib/core/gotemplate/format/quote';
import { decodeBase64, encodeBase64 } from '@/lib/core/gotemplate/values/base64';
import { countRunes, encodeRune } from '@/lib/core/gotemplate/values/byte-string';
import { ANY, INT, STRING } from '@/lib/core/gotemplate/values/go-type';
import { goBool, goString, goStringList, goStringMap } from '@/lib/core/gotemplate/values/make-values';
import { isUnicodeSpace } from '@/lib/core/gotemplate/values/rune-classes';
import {
  deleteSpace,
  lowerCase,
  splitText,
  swapCase,
  titleCase,
  trimSet,
  trimSpace,
  untitle,
  upperCase,
} from '@/lib/core/gotemplate/values/text-case';
import { type Args, define, defineVariadic } from './define';
import { operandText, operandTexts } from './operand-text';

const SLICE_PANIC = 'runtime error: slice bounds out of range';

const ofText = (change: (text: string) => string) => define([STRING], (args) => goString(change(args.text(0))));
const ofTwo = (change: (one: string, two: string) => string) =>
  define([STRING, STRING], (args) => goString(change(args.text(0), args.text(1))));
const testing = (test: (one: string, two: string) => boolean) =>
  define([STRING, STRING], (args) => goBool(test(args.text(0), args.text(1))));

/** Repeats a text, or fails as Go's strings.Repeat does. */
function repeatText(args: Args, text: string, count: number): string {
  if (count < 0) throw new FunctionFailure('strings: negative Repeat count');
  args.context.budget.checkLength(text.length * count);
  return text.repeat(count);
}

function indentAll(args: Args): string {
  const pad = repeatText(args, ' ', args.number(0));
  args.context.budget.checkLength(pad.length * args.text(1).split('\n').length);
  return pad + args.text(1).replaceAll('\n', `\n${pad}`);
}

function substring(args: Args): string {
  const [start, end, text] = [args.number(0), args.number(1), args.text(2)];
  if (start < 0) {
    if (end < 0 || end > text.length) {
      throw new FunctionFailure(`${SLICE_PANIC} [:${end}]${end < 0 ? '' : ` with length ${text.length}`}`);
    }
    return text.slice(0, end);
  }
  if (end < 0 || end > text.length) {
    if (start <= text.length) return text.slice(start);
    throw new FunctionFailure(`${SLICE_PANIC} [${start}:${text.length}]`);
  }
  if (start > end) throw new FunctionFailure(`${SLICE_PANIC} [${start}:${end}]`);
  return text.slice(start, end);
}

function truncated(count: number, text: string): string {
  if (count < 0 && text.length + count > 0) return text.slice(text.length + count);
  return count >= 0 && text.length > count ? text.slice(0, count) : text;
}

function numbered(parts: readonly string[]) {
  return goStringMap(parts.map((part, index) => [`_${index}`, part] as const));
}

function quoted(args: Args): string {
  const { budget } = args.context;
  const present = args.rest(0).filter((value) => value.kind !== 'none');
  return present.map((value) => quoteBytes(operandText(budget, value))).join(' ');
}

function concatenated(args: Args): string {
  const present = args.rest(0).filter((value) => value.kind !== 'none');
  return sprintf(args.context.budget, '%v '.repeat(present.length).trimEnd(), present);
}

/** The first byte of each word, read as a character: sprig's own way with what is not ASCII. */
function initials(text: string): string {
  let isAtStart = true;
  let out = '';
  for (let at = 0; at < text.length; at++) {
    const byte = text.charCodeAt(at);
    const isSpace = isUnicodeSpace(byte);
    if (isAtStart && !isSpace) out += encodeRune(byte);
    isAtStart = isSpace;
  }
  return out;
}

/** Shortens to a width, three dots included. */
function abbreviated(width: number, text: string): string {
  if (width < 4 || countRunes(text) <= width) return text;
  return `${text.slice(0, width - 3)}...`;
}

function replaced(args: Args): string {
  const [old, fresh, text] = [args.text(0), args.text(1), args.text(2)];
  const count = old === '' ? countRunes(text) + 1 : text.split(old).length - 1;
  args.context.budget.checkLength(text.length + count * fresh.length);
  if (old !== '') return text.replaceAll(old, () => fresh);
  return (
    fresh +
    splitText(text, '')
      .map((part) => part + fresh)
      .join('')
  );
}

export const SPRIG_STRINGS: readonly (readonly [string, GoFunction])[] = [
  ['trim', ofText(trimSpace)],
  ['upper', ofText(upperCase)],
  ['lower', ofText(lowerCase)],
  ['title', ofText(titleCase)],
  ['untitle', ofText(untitle)],
  ['swapcase', ofText(swapCase)],
  ['nospace', ofText(deleteSpace)],
  ['initials', ofText(initials)],
  ['trunc', define([INT, STRING], (args) => goString(truncated(args.number(0), args.text(1))))],
  ['abbrev', define([INT, STRING], (args) => goString(abbreviated(args.number(0), args.text(1))))],
  ['substr', define([INT, INT, STRING], (args) => goString(substring(args)))],
  ['repeat', define([INT, STRING], (args) => goString(repeatText(args, args.text(1), args.number(0))))],
  ['trimAll', ofTwo((set, text) => trimSet(text, set))],
  ['trimall', ofTwo((set, text) => trimSet(text, set))],
  ['trimSuffix', ofTwo((end, text) => (end !== '' && text.endsWith(end) ? text.slice(0, -end.length) : text))],
  ['trimPrefix', ofTwo((start, text) => (text.startsWith(start) ? text.slice(start.length) : text))],
  ['contains', testing((needle, text) => text.includes(needle))],
  ['hasPrefix', testing((start, text) => text.startsWith(start))],
  ['hasSuffix', testing((end, text) => text.endsWith(end))],
  ['quote', defineVariadic([ANY], (args) => goString(quoted(args)))],
  [
    'squote',
    defineVariadic([ANY], (args) => {
      const present = args.rest(0).filter((value) => value.kind !== 'none');
      return goString(present.map((value) => sprintf(args.context.budget, "'%v'", [value])).join(' '));
    }),
  ],
  ['cat', defineVariadic([ANY], (args) => goString(concatenated(args)))],
  ['indent', define([INT, STRING], (args) => goString(indentAll(args)))],
  ['nindent', define([INT, STRING], (args) => goString(`\n${indentAll(args)}`))],
  ['replace', define([STRING, STRING, STRING], (args) => goString(replaced(args)))],
  ['plural', define([STRING, STRING, INT], (args) => goString(args.number(2) === 1 ? args.text(0) : args.text(1)))],
  ['toString', define([ANY], (args) => goString(operandText(args.context.budget, args.value(0))))],
  ['toStrings', define([ANY], (args) => goStringList(operandTexts(args.context.budget, args.value(0))))],
  [
    'join',
    define([STRING, ANY], (args) => goString(operandTexts(args.context.budget, args.value(1)).join(args.text(0)))),
  ],
  ['split', define([STRING, STRING], (args) => numbered(splitText(args.text(1), args.text(0))))],
  ['splitList', define([STRING, STRING], (args) => goStringList(splitText(args.text(1), args.text(0))))],
  ['splitn', define([STRING, INT, STRING], (args) => numbered(splitText(args.text(2), args.text(0), args.number(1))))],
  ['b64enc', ofText(encodeBase64)],
  [
    'b64dec',
    ofText((text) => {
      const decoded = decodeBase64(text);
      return decoded.ok ? decoded.value : `illegal base64 data at input byte ${decoded.at}`;
    }),
  ],
];
