import { FunctionFailure, type GoFunction } from '@/lib/core/gotemplate/evaluate/go-function';
import { ANY, BOOL, STRING } from '@/lib/core/gotemplate/values/go-type';
import { NONE, typeName } from '@/lib/core/gotemplate/values/go-value';
import { goBool, goString } from '@/lib/core/gotemplate/values/make-values';
import { areDeeplyEqual } from './deep-equal';
import { define, defineVariadic, returningAny } from './define';
import { isEmptyOperand, kindName } from './operand-text';

export const SPRIG_LOGIC: readonly (readonly [string, GoFunction])[] = [
  [
    'default',
    returningAny(
      defineVariadic([ANY, ANY], (args) =>
        args.count < 2 || isEmptyOperand(args.value(1)) ? args.value(0) : args.value(1),
      ),
    ),
  ],
  ['empty', define([ANY], (args) => goBool(isEmptyOperand(args.value(0))))],
  [
    'coalesce',
    returningAny(defineVariadic([ANY], (args) => args.rest(0).find((value) => !isEmptyOperand(value)) ?? NONE)),
  ],
  ['all', defineVariadic([ANY], (args) => goBool(args.rest(0).every((value) => !isEmptyOperand(value))))],
  ['any', defineVariadic([ANY], (args) => goBool(args.rest(0).some((value) => !isEmptyOperand(value))))],
  ['ternary', returningAny(define([ANY, ANY, BOOL], (args) => (args.bool(2) ? args.value(0) : args.value(1))))],
  [
    'fail',
    define([STRING], (args) => {
      throw new FunctionFailure(args.text(0));
    }),
  ],
  ['typeOf', define([ANY], (args) => goString(typeName(args.value(0))))],
  ['typeIs', define([STRING, ANY], (args) => goBool(args.text(0) === typeName(args.value(1))))],
  [
    'typeIsLike',
    define([STRING, ANY], (args) => {
      const name = typeName(args.value(1));
      return goBool(name === args.text(0) || name === `*${args.text(0)}`);
    }),
  ],
  ['kindOf', define([ANY], (args) => goString(kindName(args.value(0))))],
  ['kindIs', define([STRING, ANY], (args) => goBool(args.text(0) === kindName(args.value(1))))],
  [
    'deepEqual',
    define([ANY, ANY], (args) => goBool(areDeeplyEqual(args.context.budget, args.value(0), args.value(1)))),
  ],
];
