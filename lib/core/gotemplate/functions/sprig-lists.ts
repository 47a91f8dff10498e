import { FunctionFailure, type GoFunction } from '@/lib/core/gotemplate/evaluate/go-function';
import { compareBytes } from '@/lib/core/gotemplate/values/byte-string';
import { ANY, ANY_LIST, INT, sliceOf } from '@/lib/core/gotemplate/values/go-type';
import { follow, NONE, unwrapInterface, type Value } from '@/lib/core/gotemplate/values/go-value';
import { goBool, goList, goSlice, goStringList } from '@/lib/core/gotemplate/values/make-values';
import { NIL_DEREFERENCE } from '@/lib/core/gotemplate/values/methods';
import { areDeeplyEqual } from './deep-equal';
import { type Args, define, defineVariadic, returningAny } from './define';
import { isEmptyOperand, kindName, operandText, operandTexts } from './operand-text';
import { toInt64 } from './sprig-numbers';

/** The elements of a list; fails as sprig does on anything else, and as Go does on nil. */
function itemsOf(list: Value, complaint: string): readonly Value[] {
  if (list.kind === 'none') throw new FunctionFailure(NIL_DEREFERENCE);
  if (list.kind !== 'slice') throw new FunctionFailure(`${complaint} ${kindName(list)}`);
  return (list.items ?? []).map(unwrapInterface);
}

const findItems = (name: string, list: Value) => itemsOf(list, `Cannot find ${name} on type`);

function part(name: string, cut: (items: readonly Value[]) => readonly Value[]): GoFunction {
  return define([ANY], (args) => {
    const items = findItems(name, args.value(0));
    return items.length === 0 ? goSlice(ANY_LIST, undefined) : goList(cut(items));
  });
}

const single = (name: string, pick: (items: readonly Value[]) => Value | undefined) =>
  returningAny(define([ANY], (args) => pick(findItems(name, args.value(0))) ?? NONE));

const hasItem = (args: Args, items: readonly Value[], wanted: Value) =>
  items.some((item) => areDeeplyEqual(args.context.budget, wanted, item));

function unique(args: Args): Value {
  const kept: Value[] = [];
  for (const item of findItems('uniq', args.value(0))) if (!hasItem(args, kept, item)) kept.push(item);
  return goList(kept);
}

function sliced(args: Args): Value {
  const list = args.value(0);
  if (list.kind === 'none') throw new FunctionFailure(NIL_DEREFERENCE);
  if (list.kind !== 'slice') {
    throw new FunctionFailure(`list should be type of slice or array but ${kindName(list)}`, 'index-error');
  }
  const length = list.items?.length ?? 0;
  if (length === 0) return NONE;
  const start = args.count > 1 ? Number(toInt64(args.value(1))) : 0;
  const end = args.count > 2 ? Number(toInt64(args.value(2))) : length;
  if (start < 0 || start > end || end > length)
    throw new FunctionFailure('reflect.Value.Slice: slice index out of bounds');
  return goSlice(list.type, list.items?.slice(start, end));
}

function concatenated(args: Args): Value {
  const all: Value[] = [];
  for (const list of args.rest(0)) {
    const isList = list.kind === 'slice' || list.kind === 'none';
    if (!isList) throw new FunctionFailure(`Cannot concat type ${kindName(list)} as list`);
    const items = itemsOf(list, '');
    args.context.budget.spend(items.length);
    for (const item of items) all.push(item);
  }
  return all.length === 0 ? goSlice(ANY_LIST, undefined) : goList(all);
}

function sortedTexts(args: Args): Value {
  const { budget } = args.context;
  const { value } = follow(args.value(0));
  if (value.kind !== 'slice') return goStringList([operandText(budget, args.value(0))]);
  return goStringList(operandTexts(budget, value).sort(compareBytes));
}

function chunks(args: Args): Value {
  const size = args.number(0);
  const items = itemsOf(args.value(1), 'Cannot chunk type');
  if (size <= 0) throw new FunctionFailure('runtime error: makeslice: len out of range');
  const parts: Value[] = [];
  for (let at = 0; at < items.length; at += size) parts.push(goList(items.slice(at, at + size)));
  return goSlice(sliceOf(ANY_LIST), parts);
}

const push = define([ANY, ANY], (args) => goList([...itemsOf(args.value(0), 'Cannot push on type'), args.value(1)]));
const prepend = define([ANY, ANY], (args) =>
  goList([args.value(1), ...itemsOf(args.value(0), 'Cannot prepend on type')]),
);
const list = defineVariadic([ANY], (args) => goList(args.rest(0)));
const rest = part('rest', (items) => items.slice(1));
const initial = part('initial', (items) => items.slice(0, -1));
const first = single('first', (items) => items[0]);
const last = single('last', (items) => items.at(-1));
const reverse = define([ANY], (args) => goList([...findItems('reverse', args.value(0))].reverse()));
const compact = define([ANY], (args) =>
  goList(itemsOf(args.value(0), 'Cannot compact on type').filter((item) => !isEmptyOperand(item))),
);
const uniq = define([ANY], unique);
const without = defineVariadic([ANY, ANY], (args) =>
  goList(findItems('without', args.value(0)).filter((item) => !hasItem(args, args.rest(1), item))),
);
const has = define([ANY, ANY], (args) => {
  const haystack = args.value(1);
  return goBool(haystack.kind !== 'none' && hasItem(args, findItems('has', haystack), args.value(0)));
});
const slice = returningAny(defineVariadic([ANY, ANY], sliced));
const chunk = define([INT, ANY], chunks);

export const SPRIG_LISTS: readonly (readonly [string, GoFunction])[] = [
  ['list', list],
  ['tuple', list],
  ['append', push],
  ['push', push],
  ['mustAppend', push],
  ['mustPush', push],
  ['prepend', prepend],
  ['mustPrepend', prepend],
  ['first', first],
  ['mustFirst', first],
  ['last', last],
  ['mustLast', last],
  ['rest', rest],
  ['mustRest', rest],
  ['initial', initial],
  ['mustInitial', initial],
  ['reverse', reverse],
  ['mustReverse', reverse],
  ['compact', compact],
  ['mustCompact', compact],
  ['uniq', uniq],
  ['mustUniq', uniq],
  ['without', without],
  ['mustWithout', without],
  ['has', has],
  ['mustHas', has],
  ['slice', slice],
  ['mustSlice', slice],
  ['chunk', chunk],
  ['mustChunk', chunk],
  ['concat', returningAny(defineVariadic([ANY], concatenated))],
  ['sortAlpha', define([ANY], sortedTexts)],
];
