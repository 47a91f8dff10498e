import { FunctionFailure, type FunctionMap, type GoFunction } from '@/lib/core/gotemplate/evaluate/go-function';
import { sprintf, sprintOne } from '@/lib/core/gotemplate/format/printf';
import { define, defineVariadic, returningAny } from '@/lib/core/gotemplate/functions/define';
import {
  ANY,
  ANY_LIST,
  ANY_MAP,
  BOOL,
  FLOAT64,
  INT,
  INT64,
  pointerTo,
  STRING,
  STRING_MAP,
  UINT8,
} from '@/lib/core/gotemplate/values/go-type';
import { NONE, type Value } from '@/lib/core/gotemplate/values/go-value';
import { goInt, goList, goPointer, goString } from '@/lib/core/gotemplate/values/make-values';
import { COLOR } from './fixture-types';

const asNumber = (name: string, type: typeof INT): [string, GoFunction] => [
  `fn${name}`,
  define([type], (args) => goString(`${type.name}:${sprintOne(args.context.budget, args.value(0))}`)),
];

function sizeOf(value: Value): string {
  if (value.kind === 'map') return `${value.entries?.size ?? 0}:${value.entries === undefined}`;
  if (value.kind === 'slice') return `${value.items?.length ?? 0}:${value.items === undefined}`;
  return '';
}

function failWith(message: string): never {
  throw new FunctionFailure(message);
}

/** The functions `fixture` of the vectors; `fnTick` counts from 1 in every map. */
export function fixtureFunctions(): FunctionMap {
  let ticks = 0;
  const sized = (type: typeof ANY_MAP | typeof ANY_LIST) => define([type], (args) => goString(sizeOf(args.value(0))));
  return new Map<string, GoFunction>([
    ['fnStr', define([STRING], (args) => goString(`<${args.text(0)}>`))],
    asNumber('Int', INT),
    asNumber('Int64', INT64),
    asNumber('Uint8', UINT8),
    asNumber('Float', FLOAT64),
    asNumber('Bool', BOOL),
    ['fnAny', define([ANY], (args) => goString(sprintf(args.context.budget, '%T=%v', [args.value(0), args.value(0)])))],
    ['fnMap', sized(STRING_MAP)],
    ['fnAnyMap', sized(ANY_MAP)],
    ['fnList', sized(ANY_LIST)],
    [
      'fnVar',
      defineVariadic([STRING, INT], (args) => {
        const numbers = args.rest(1).map((value) => sprintOne(args.context.budget, value));
        return goString(`${args.text(0)}${numbers.length} [${numbers.join(' ')}]`);
      }),
    ],
    [
      'fnVarAny',
      defineVariadic([ANY], (args) => goString(`${args.count}${sprintOne(args.context.budget, goList(args.rest(0)))}`)),
    ],
    ['fnNil', returningAny(define([], () => NONE))],
    ['fnErr', define([BOOL], (args) => (args.bool(0) ? failWith('asked to fail') : goString('ok')))],
    ['fnPanic', define([], () => failWith('deliberate'))],
    [
      'fnTick',
      define([], () => {
        ticks += 1;
        return goInt(ticks);
      }),
    ],
    ['fnColor', define([INT], (args) => goInt(args.number(0), COLOR))],
    ['fnPtr', define([STRING], (args) => goPointer(goString(args.text(0))))],
    [
      'fnPtrs',
      define([pointerTo(STRING)], (args) => {
        const pointer = args.value(0);
        return pointer.kind === 'pointer' && pointer.target !== undefined ? pointer.target : failWith('nil');
      }),
    ],
  ]);
}
