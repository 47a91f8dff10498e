import { FunctionFailure, type GoFunction } from '@/lib/core/gotemplate/evaluate/go-function';
import { GoRegexp, type Slots } from '@/lib/core/gotemplate/regexp/match-pattern';
import { BadPattern } from '@/lib/core/gotemplate/regexp/pattern-nodes';
import { type ByteString, toByteString } from '@/lib/core/gotemplate/values/byte-string';
import { INT, STRING, STRING_LIST } from '@/lib/core/gotemplate/values/go-type';
import type { Value } from '@/lib/core/gotemplate/values/go-value';
import { goBool, goSlice, goString, goStringList } from '@/lib/core/gotemplate/values/make-values';
import { type Args, define } from './define';

const three = [STRING, STRING, STRING];

/** Compiles the first argument; a bad pattern fails in the words of MustCompile or, with `isPlain`, of Compile. */
function compile(args: Args, isPlain: boolean): GoRegexp {
  const pattern = args.text(0);
  args.context.budget.spend(pattern.length);
  try {
    return new GoRegexp(pattern);
  } catch (error) {
    if (!(error instanceof BadPattern)) throw error;
    const message = toByteString(error.message);
    const quoted = pattern.includes('`') ? JSON.stringify(pattern) : `\`${pattern}\``;
    throw new FunctionFailure(isPlain ? message : `regexp: Compile(${quoted}): ${message}`);
  }
}

const all = (args: Args, isPlain: boolean, limit = -1) =>
  compile(args, isPlain).findAll(args.text(1), limit, args.context.budget);

const cut = (text: ByteString, [start = 0, end = 0]: Slots) => text.slice(start, end);

function matches(args: Args): boolean {
  return all(args, true, 1).length > 0;
}

function matchesQuietly(args: Args): boolean {
  try {
    return matches(args);
  } catch (error) {
    if (error instanceof FunctionFailure) return false;
    throw error;
  }
}

function find(args: Args, isPlain: boolean): ByteString {
  const [first] = all(args, isPlain, 1);
  return first === undefined ? '' : cut(args.text(1), first);
}

function findEach(args: Args, isPlain: boolean): Value {
  const found = all(args, isPlain, args.number(2));
  return found.length === 0
    ? goSlice(STRING_LIST, undefined)
    : goStringList(found.map((slots) => cut(args.text(1), slots)));
}

/** Puts groups into a replacement: `$1`, `${1}`, `$name`. Source: Go, regexp, Expand. */
function expand(template: ByteString, text: ByteString, slots: Slots, names: readonly string[]): ByteString {
  return template.replace(/\$(?:(\$)|\{(\w+)\}|(\w+))?/g, (whole, dollar, braced, bare) => {
    if (dollar !== undefined) return '$';
    const name: string | undefined = braced ?? bare;
    if (name === undefined) return whole;
    const index = /^\d+$/.test(name) ? Number(name) : names.lastIndexOf(name);
    const [start, end] = index < 0 ? [undefined, undefined] : [slots[index * 2], slots[index * 2 + 1]];
    return start === undefined || end === undefined ? '' : text.slice(start, end);
  });
}

function replace(args: Args, isPlain: boolean, isLiteral: boolean): ByteString {
  const pattern = compile(args, isPlain);
  const [text, template] = [args.text(1), args.text(2)];
  const { budget } = args.context;
  let out = '';
  let from = 0;
  for (const slots of pattern.findAll(text, -1, budget)) {
    out += text.slice(from, slots[0]) + (isLiteral ? template : expand(template, text, slots, pattern.groupNames));
    from = slots[1] ?? from;
    budget.checkLength(out.length);
  }
  return out + text.slice(from);
}

/** Source: Go, regexp, Split. */
function split(args: Args, isPlain: boolean): Value {
  const [text, limit] = [args.text(1), args.number(2)];
  const pattern = compile(args, isPlain);
  if (limit === 0) return goSlice(STRING_LIST, undefined);
  if (args.text(0).length > 0 && text.length === 0) return goStringList(['']);
  const parts: ByteString[] = [];
  let from = 0;
  let end = 0;
  for (const slots of pattern.findAll(text, limit, args.context.budget)) {
    if (limit > 0 && parts.length === limit - 1) break;
    end = slots[0] ?? 0;
    if (slots[1] !== 0) parts.push(text.slice(from, end));
    from = slots[1] ?? 0;
  }
  if (end !== text.length) parts.push(text.slice(from));
  return goStringList(parts);
}

const quoteMeta = (text: ByteString) => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');

export const SPRIG_REGEX: readonly (readonly [string, GoFunction])[] = [
  ['regexMatch', define([STRING, STRING], (args) => goBool(matchesQuietly(args)))],
  ['mustRegexMatch', define([STRING, STRING], (args) => goBool(matches(args)))],
  ['regexFind', define([STRING, STRING], (args) => goString(find(args, false)))],
  ['mustRegexFind', define([STRING, STRING], (args) => goString(find(args, true)))],
  ['regexFindAll', define([STRING, STRING, INT], (args) => findEach(args, false))],
  ['mustRegexFindAll', define([STRING, STRING, INT], (args) => findEach(args, true))],
  ['regexReplaceAll', define(three, (args) => goString(replace(args, false, false)))],
  ['mustRegexReplaceAll', define(three, (args) => goString(replace(args, true, false)))],
  ['regexReplaceAllLiteral', define(three, (args) => goString(replace(args, false, true)))],
  ['mustRegexReplaceAllLiteral', define(three, (args) => goString(replace(args, true, true)))],
  ['regexSplit', define([STRING, STRING, INT], (args) => split(args, false))],
  ['mustRegexSplit', define([STRING, STRING, INT], (args) => split(args, true))],
  ['regexQuoteMeta', define([STRING], (args) => goString(quoteMeta(args.text(0))))],
];
