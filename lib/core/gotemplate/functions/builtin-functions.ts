import type { FunctionMap, GoFunction } from '@/lib/core/gotemplate/evaluate/go-function';
import { toPrintable } from '@/lib/core/gotemplate/evaluate/print-value';
import { sprint, sprintf, sprintln } from '@/lib/core/gotemplate/format/printf';
import type { Compatibility } from '@/lib/core/gotemplate/template-options';
import type { ByteString } from '@/lib/core/gotemplate/values/byte-string';
import { ANY, ANY_VALUE, STRING } from '@/lib/core/gotemplate/values/go-type';
import { isTrue } from '@/lib/core/gotemplate/values/go-value';
import { goBool, goInt, goString } from '@/lib/core/gotemplate/values/make-values';
import { isEqual, isEqualBefore118, isLess } from './compare';
import { type Args, define, defineVariadic } from './define';
import { escapeHtml, escapeJs, escapeQuery } from './escape';
import { indexInto, lengthOf, sliceOf } from './indexing';
import { AND, CALL, EAGER_AND, EAGER_OR, OR } from './special-functions';

const two = [ANY_VALUE, ANY_VALUE];

function joinedText(args: Args): ByteString {
  const printable = args.rest(0).map((value) => toPrintable(value) ?? value);
  return sprint(args.context.budget, printable);
}

const escaping = (rewrite: (text: ByteString) => ByteString) =>
  defineVariadic([ANY], (args) => goString(rewrite(joinedText(args))));

const SHARED: readonly (readonly [string, GoFunction])[] = [
  ['call', CALL],
  ['html', escaping(escapeHtml)],
  ['index', defineVariadic(two, (args) => indexInto(args.raw(0), args.rest(1)))],
  ['slice', defineVariadic(two, (args) => sliceOf(args.value(0), args.rest(1)))],
  ['js', escaping(escapeJs)],
  ['len', define([ANY_VALUE], (args) => goInt(lengthOf(args.raw(0))))],
  ['not', define([ANY_VALUE], (args) => goBool(!isTrue(args.value(0))))],
  ['print', defineVariadic([ANY], (args) => goString(sprint(args.context.budget, args.rest(0))))],
  [
    'printf',
    defineVariadic([STRING, ANY], (args) => goString(sprintf(args.context.budget, args.text(0), args.rest(1)))),
  ],
  ['println', defineVariadic([ANY], (args) => goString(sprintln(args.context.budget, args.rest(0))))],
  ['urlquery', escaping(escapeQuery)],
];

function comparisons({ nilComparison }: Compatibility): readonly (readonly [string, GoFunction])[] {
  const equal = nilComparison ? isEqual : isEqualBefore118;
  const order = (compare: (args: Args) => boolean) => define(two, (args) => goBool(compare(args)));
  const isLower = (args: Args) => isLess(args.value(0), args.value(1), nilComparison);
  const isAtMost = (args: Args) => isLower(args) || equal(args.value(0), [args.value(1)], args.context.budget);
  return [
    ['eq', defineVariadic(two, (args) => goBool(equal(args.value(0), args.rest(1), args.context.budget)))],
    ['ne', order((args) => !equal(args.value(0), args.rest(1), args.context.budget))],
    ['lt', order(isLower)],
    ['le', order(isAtMost)],
    ['gt', order((args) => !isAtMost(args))],
    ['ge', order((args) => !isLower(args))],
  ];
}

/** Go's own template functions. Source: Go, text/template, funcs.go. */
export function builtinFunctions(compatibility: Compatibility): FunctionMap {
  const { shortCircuit } = compatibility;
  return new Map<string, GoFunction>([
    ['and', shortCircuit ? AND : EAGER_AND],
    ['or', shortCircuit ? OR : EAGER_OR],
    ...SHARED,
    ...comparisons(compatibility),
  ]);
}
