import { FunctionFailure, type GoFunction } from '@/lib/core/gotemplate/evaluate/go-function';
import type { Budget } from '@/lib/core/gotemplate/evaluate/limits';
import { sortedEntries } from '@/lib/core/gotemplate/format/sort-keys';
import { ANY, ANY_MAP, STRING } from '@/lib/core/gotemplate/values/go-type';
import { type MapKey, type MapValue, NONE, unwrapInterface, type Value } from '@/lib/core/gotemplate/values/go-value';
import {
  goBool,
  goDict,
  goInterface,
  goList,
  goMap,
  goString,
  goStringList,
} from '@/lib/core/gotemplate/values/make-values';
import { type Args, define, defineVariadic, returningAny } from './define';
import { isEmptyOperand, operandText } from './operand-text';

const entriesOf = (value: Value): Map<MapKey, Value> =>
  value.kind === 'map' ? (value.entries ?? new Map()) : new Map();

function build(args: Args): Value {
  const values = args.rest(0);
  const pairs: (readonly [string, Value])[] = [];
  for (let index = 0; index < values.length; index += 2) {
    pairs.push([operandText(args.context.budget, values[index] ?? NONE), values[index + 1] ?? goString('')]);
  }
  return goDict(pairs);
}

function setKey(args: Args): Value {
  const dict = args.value(0);
  if (dict.kind === 'map' && dict.entries === undefined) throw new FunctionFailure('assignment to entry in nil map');
  entriesOf(dict).set(args.text(1), goInterface(args.value(2)));
  return dict;
}

function unsetKey(args: Args): Value {
  entriesOf(args.value(0)).delete(args.text(1));
  return args.value(0);
}

function filtered(args: Args, isKept: (key: MapKey, named: ReadonlySet<string>) => boolean): Value {
  const named = new Set(args.rest(1).map((value) => (value.kind === 'string' ? value.text : '')));
  return goMap(ANY_MAP, new Map([...entriesOf(args.value(0))].filter(([key]) => isKept(key, named))));
}

/** Keys in byte order; Go's own order is random. */
const keysOf = (dicts: readonly Value[]) =>
  goStringList(dicts.flatMap((dict) => (dict.kind === 'map' ? sortedEntries(dict).map(([key]) => String(key)) : [])));

/**
 * Merges one map into another, which it changes.
 *
 * Without `overwrites` only absent and zero values are filled; maps merge deeply either way, lists are replaced as a whole.
 * Source: mergo, merge.go, deepMerge.
 */
function mergeInto(budget: Budget, target: MapValue, source: Value, overwrites: boolean): void {
  for (const [key, slot] of entriesOf(source)) {
    budget.spend(1);
    const value = unwrapInterface(slot);
    const known = unwrapInterface(target.entries?.get(key) ?? NONE);
    if (value.kind === 'none') {
      if (overwrites) target.entries?.set(key, slot);
    } else if (value.kind === 'map' && known.kind === 'map' && known.entries !== undefined && known.entries.size > 0) {
      if (known !== value) mergeInto(budget, known, value, overwrites);
    } else if (overwrites || isEmptyOperand(known)) target.entries?.set(key, slot);
  }
}

const merging = (overwrites: boolean) =>
  returningAny(
    defineVariadic([ANY_MAP, ANY_MAP], (args) => {
      const given = args.value(0);
      const target = given.kind === 'map' && given.entries !== undefined ? given : goMap(ANY_MAP, new Map());
      for (const source of args.rest(1)) mergeInto(args.context.budget, target, source, overwrites);
      return target;
    }),
  );

function copyDeeply(budget: Budget, value: Value): Value {
  budget.spend(1);
  switch (value.kind) {
    case 'interface':
      return goInterface(copyDeeply(budget, value.inner ?? NONE), value.type);
    case 'map': {
      if (value.entries === undefined) return value;
      const copied = [...value.entries].map(([key, item]): [MapKey, Value] => [key, copyDeeply(budget, item)]);
      return goMap(value.type, new Map(copied));
    }
    case 'slice':
      return { ...value, items: value.items?.map((item) => copyDeeply(budget, item)) };
    default:
      return value;
  }
}

function dig(args: Args): Value {
  const values = args.rest(0);
  if (values.length < 3) throw new FunctionFailure('dig needs at least three arguments');
  const fallback = values.at(-2) ?? NONE;
  const start = values.at(-1) ?? NONE;
  const keys = values.slice(0, -2).map((key) => (key.kind === 'string' && key.type === STRING ? key.text : key));
  if (start.kind !== 'map' || start.type !== ANY_MAP) throw new FunctionFailure(conversion(start, ANY_MAP.name));
  const bad = keys.find((key) => typeof key !== 'string');
  if (bad !== undefined && typeof bad !== 'string') throw new FunctionFailure(conversion(bad, STRING.name));
  let value: Value = start;
  for (const key of keys) {
    if (value.kind !== 'map' || value.type !== ANY_MAP) throw new FunctionFailure(conversion(value, ANY_MAP.name));
    const next = typeof key === 'string' ? value.entries?.get(key) : undefined;
    if (next === undefined) return fallback;
    value = unwrapInterface(next);
  }
  return value;
}

function conversion(value: Value, wanted: string): string {
  const found = value.kind === 'none' ? 'nil' : value.type.name;
  return `interface conversion: interface {} is ${found}, not ${wanted}`;
}

const deepCopy = returningAny(
  define([ANY], (args) => {
    const value = args.value(0);
    if (value.kind === 'none') throw new FunctionFailure('reflect: call of reflect.Value.Type on zero Value');
    return copyDeeply(args.context.budget, value);
  }),
);

export const SPRIG_DICTS: readonly (readonly [string, GoFunction])[] = [
  ['dict', defineVariadic([ANY], build)],
  [
    'get',
    returningAny(define([ANY_MAP, STRING], (args) => entriesOf(args.value(0)).get(args.text(1)) ?? goString(''))),
  ],
  ['set', define([ANY_MAP, STRING, ANY], setKey)],
  ['unset', define([ANY_MAP, STRING], unsetKey)],
  ['hasKey', define([ANY_MAP, STRING], (args) => goBool(entriesOf(args.value(0)).has(args.text(1))))],
  [
    'pluck',
    defineVariadic([STRING, ANY_MAP], (args) => {
      const found = args.rest(1).map((dict) => entriesOf(dict).get(args.text(0)));
      return goList(found.filter((value) => value !== undefined));
    }),
  ],
  ['keys', defineVariadic([ANY_MAP], (args) => keysOf(args.rest(0)))],
  [
    'values',
    define([ANY_MAP], (args) => {
      const dict = args.value(0);
      return goList(dict.kind === 'map' ? sortedEntries(dict).map(([, item]) => item) : []);
    }),
  ],
  ['pick', defineVariadic([ANY_MAP, STRING], (args) => filtered(args, (key, named) => named.has(String(key))))],
  ['omit', defineVariadic([ANY_MAP, STRING], (args) => filtered(args, (key, named) => !named.has(String(key))))],
  ['merge', merging(false)],
  ['mustMerge', merging(false)],
  ['mergeOverwrite', merging(true)],
  ['mustMergeOverwrite', merging(true)],
  ['deepCopy', deepCopy],
  ['mustDeepCopy', deepCopy],
  ['dig', returningAny(defineVariadic([ANY], dig))],
];
