import { FunctionFailure, type GoFunction } from '@/lib/core/gotemplate/evaluate/go-function';
import { sprintOne } from '@/lib/core/gotemplate/format/printf';
import { ANY, FLOAT64, INT, INT64, STRING, sliceOf } from '@/lib/core/gotemplate/values/go-type';
import { follow, type Value } from '@/lib/core/gotemplate/values/go-value';
import { goFloat, goInt, goSlice, goString } from '@/lib/core/gotemplate/values/make-values';
import { parseGoFloat, parseGoInteger } from '@/lib/core/gotemplate/values/parse-numbers';
import { type Args, define, defineVariadic } from './define';

const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;
const inRange = (int: bigint) => int >= MIN_INT64 && int <= MAX_INT64;

function ofFloat(float: number): bigint {
  if (!Number.isFinite(float)) return MIN_INT64;
  const int = BigInt(Math.trunc(float));
  return inRange(int) ? int : MIN_INT64;
}

/** What spf13/cast makes of a value as an int64; 0 for what it cannot read. */
export function toInt64(start: Value): bigint {
  const { value } = follow(start);
  switch (value.kind) {
    case 'int':
    case 'uint':
      return BigInt.asIntN(64, value.int);
    case 'float':
      return ofFloat(value.float);
    case 'bool':
      return value.bool ? 1n : 0n;
    case 'string': {
      const int = parseGoInteger(value.text.replace(/\.0+$/, ''), 0);
      return int !== undefined && inRange(int) ? int : 0n;
    }
    default:
      return 0n;
  }
}

function toFloat64(start: Value): number {
  const { value } = follow(start);
  switch (value.kind) {
    case 'int':
    case 'uint':
      return Number(value.int);
    case 'float':
      return value.float;
    case 'bool':
      return value.bool ? 1 : 0;
    case 'string':
      return parseGoFloat(value.text) ?? 0;
    default:
      return 0;
  }
}

const wrap = (int: bigint) => goInt(int, INT64);

function dividing(divide: (one: bigint, two: bigint) => bigint): GoFunction {
  return define([ANY, ANY], (args) => {
    const [one, two] = [toInt64(args.value(0)), toInt64(args.value(1))];
    if (two === 0n) throw new FunctionFailure('runtime error: integer divide by zero');
    return wrap(divide(one, two));
  });
}

const folding = (fold: (one: bigint, two: bigint) => bigint) =>
  defineVariadic([ANY, ANY], (args) =>
    wrap(
      args
        .rest(1)
        .map(toInt64)
        .reduce((one, two) => fold(one, two), toInt64(args.value(0))),
    ),
  );

const foldingFloats = (fold: (one: number, two: number) => number) =>
  defineVariadic([ANY, ANY], (args) =>
    goFloat(
      args
        .rest(1)
        .map(toFloat64)
        .reduce((one, two) => fold(one, two), toFloat64(args.value(0))),
    ),
  );

/** Counts from start towards stop; accounts for every number it makes. */
function countNumbers(args: Args, start: number, stop: number, step: number): number[] {
  const isForward = stop >= start;
  if (isForward ? step <= 0 : step >= 0) return [];
  args.context.budget.spend(Math.max(0, Math.ceil((stop - start) / step)));
  const numbers: number[] = [];
  for (let number = start; isForward ? number < stop : number > stop; number += step) numbers.push(number);
  return numbers;
}

const listOf = (numbers: readonly number[]) =>
  goSlice(
    sliceOf(INT),
    numbers.map((number) => goInt(number)),
  );

function sequence(args: Args): string {
  const params = args.rest(0).map((value) => Number(toInt64(value)));
  const [one = 0, two = 0, three = 0] = params;
  if (params.length < 1 || params.length > 3) return '';
  const [start, step, end] =
    params.length === 1 ? [1, undefined, one] : params.length === 2 ? [one, undefined, two] : [one, two, three];
  const increment = end < start ? -1 : 1;
  if (step !== undefined && end < start && step > 0) return '';
  return countNumbers(args, start, end + increment, step ?? increment).join(' ');
}

function rounded(args: Args): number {
  const on = args.count > 2 ? toFloat64(args.value(2)) : 0.5;
  const power = 10 ** args.number(1);
  const digit = power * toFloat64(args.value(0));
  return (digit - Math.trunc(digit) >= on ? Math.ceil(digit) : Math.floor(digit)) / power;
}

export const SPRIG_NUMBERS: readonly (readonly [string, GoFunction])[] = [
  [
    'atoi',
    define([STRING], (args) => {
      const int = parseGoInteger(args.text(0), 10) ?? 0n;
      return goInt(inRange(int) ? int : int < 0n ? MIN_INT64 : MAX_INT64);
    }),
  ],
  ['int', define([ANY], (args) => goInt(toInt64(args.value(0))))],
  ['int64', define([ANY], (args) => wrap(toInt64(args.value(0))))],
  ['float64', define([ANY], (args) => goFloat(toFloat64(args.value(0))))],
  [
    'toDecimal',
    define([ANY], (args) => {
      const text = sprintOne(args.context.budget, args.value(0));
      return wrap(/^[+-]?[0-7]+$/.test(text) ? (parseGoInteger(text.replace(/^([+-]?)/, '$10o'), 0) ?? 0n) : 0n);
    }),
  ],
  ['add1', define([ANY], (args) => wrap(toInt64(args.value(0)) + 1n))],
  [
    'add',
    defineVariadic([ANY], (args) =>
      wrap(
        args
          .rest(0)
          .map(toInt64)
          .reduce((one, two) => one + two, 0n),
      ),
    ),
  ],
  ['sub', define([ANY, ANY], (args) => wrap(toInt64(args.value(0)) - toInt64(args.value(1))))],
  ['mul', folding((one, two) => BigInt.asIntN(64, one * two))],
  ['div', dividing((one, two) => one / two)],
  ['mod', dividing((one, two) => one % two)],
  ['max', folding((one, two) => (two > one ? two : one))],
  ['biggest', folding((one, two) => (two > one ? two : one))],
  ['min', folding((one, two) => (two < one ? two : one))],
  ['maxf', foldingFloats(Math.max)],
  ['minf', foldingFloats(Math.min)],
  ['ceil', define([ANY], (args) => goFloat(Math.ceil(toFloat64(args.value(0)))))],
  ['floor', define([ANY], (args) => goFloat(Math.floor(toFloat64(args.value(0)))))],
  ['round', defineVariadic([ANY, INT, FLOAT64], (args) => goFloat(rounded(args)))],
  ['until', define([INT], (args) => listOf(countNumbers(args, 0, args.number(0), args.number(0) < 0 ? -1 : 1)))],
  [
    'untilStep',
    define([INT, INT, INT], (args) => listOf(countNumbers(args, args.number(0), args.number(1), args.number(2)))),
  ],
  ['seq', defineVariadic([INT], (args) => goString(sequence(args)))],
];
