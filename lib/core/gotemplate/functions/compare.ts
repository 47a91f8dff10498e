import { FunctionFailure } from '@/lib/core/gotemplate/evaluate/go-function';
import type { Budget } from '@/lib/core/gotemplate/evaluate/limits';
import { sprintf } from '@/lib/core/gotemplate/format/printf';
import type { GoType } from '@/lib/core/gotemplate/values/go-type';
import {
  isNilValue,
  type TypedValue,
  typeName,
  unwrapInterface,
  type Value,
} from '@/lib/core/gotemplate/values/go-value';

const fail = (message: string): never => {
  throw new FunctionFailure(message, 'bad-comparison');
};

const BASIC = new Set(['bool', 'int', 'uint', 'float', 'complex', 'string']);
const basicKind = (value: Value) => (BASIC.has(value.kind) ? value.kind : 'other');

function areEqualBasics(one: Value, two: Value): boolean | undefined {
  if (one.kind === 'bool' && two.kind === 'bool') return one.bool === two.bool;
  if ((one.kind === 'int' || one.kind === 'uint') && (two.kind === 'int' || two.kind === 'uint')) {
    return one.int === two.int;
  }
  if (one.kind === 'float' && two.kind === 'float') return one.float === two.float;
  if (one.kind === 'string' && two.kind === 'string') return one.text === two.text;
  if (one.kind === 'complex' && two.kind === 'complex') {
    return one.real === two.real && one.imaginary === two.imaginary;
  }
  return undefined;
}

function isComparable(type: GoType): boolean {
  if (type.kind === 'map' || type.kind === 'slice' || type.kind === 'func') return false;
  return type.kind !== 'struct' || type.fields.every((field) => isComparable(field.type));
}

/** Go's == on two values of comparable types: same type and same content; pointers by what they are. */
function areIdentical(one: Value, two: Value): boolean {
  if (one.kind === 'none' || two.kind === 'none') return one.kind === two.kind;
  if (one.kind === 'interface' || two.kind === 'interface') {
    return areIdentical(unwrapInterface(one), unwrapInterface(two));
  }
  if (one.type !== two.type) return false;
  if (one.kind === 'pointer' && two.kind === 'pointer') return one.target === two.target;
  if (one.kind === 'struct' && two.kind === 'struct') {
    return one.type.fields.every((_, index) => areIdentical(one.data.field(index), two.data.field(index)));
  }
  return areEqualBasics(one, two) ?? false;
}

function areEqualOthers(one: Value, two: Value, budget: Budget): boolean {
  if (one.kind !== two.kind && one.kind !== 'none' && two.kind !== 'none') {
    const [first, second] = [sprintf(budget, '%s', [one]), sprintf(budget, '%v', [two])];
    return fail(`non-comparable types ${first}: ${typeName(one)}, ${typeName(two)}: ${second}`);
  }
  if (isNilValue(one) || isNilValue(two)) return isNilValue(one) === isNilValue(two);
  if (two.kind !== 'none' && !isComparable(two.type)) {
    return fail(`non-comparable type ${sprintf(budget, '%s', [two])}: ${two.type.name}`);
  }
  return areIdentical(one, two);
}

function areIntegers(one: Value, two: Value): boolean {
  return (one.kind === 'int' || one.kind === 'uint') && (two.kind === 'int' || two.kind === 'uint');
}

/** Go's `eq`: whether the first equals any of the others. */
export function isEqual(one: Value, others: readonly Value[], budget: Budget): boolean {
  if (others.length === 0) return fail('missing argument for comparison');
  return others.some((two) => {
    if (basicKind(one) !== basicKind(two) && !areIntegers(one, two)) {
      if (one.kind === 'none' || two.kind === 'none') return false;
      return fail(`incompatible types for comparison: ${one.type.name} and ${two.type.name}`);
    }
    return areEqualBasics(one, two) ?? areEqualOthers(one, two, budget);
  });
}

function refuseUncomparable(value: Value, budget: Budget): void {
  if (value.kind === 'none' || isComparable(value.type)) return;
  fail(`uncomparable type ${value.type.name}: ${sprintf(budget, '%v', [value])}`);
}

/** `eq` of Go before 1.18, where nil compares with nothing but nil. */
export function isEqualBefore118(one: Value, others: readonly Value[], budget: Budget): boolean {
  refuseUncomparable(one, budget);
  if (others.length === 0) return fail('missing argument for comparison');
  return others.some((two) => {
    if (basicKind(one) !== basicKind(two) && !areIntegers(one, two)) {
      return fail('incompatible types for comparison');
    }
    if (basicKind(one) !== 'other') return areEqualBasics(one, two) ?? false;
    if (one.kind === 'none' || two.kind === 'none') return one.kind === two.kind;
    refuseUncomparable(two, budget);
    return areIdentical(one, two);
  });
}

function orderedBasics(one: TypedValue, two: TypedValue, namesTypes: boolean): boolean {
  if ((one.kind === 'int' || one.kind === 'uint') && (two.kind === 'int' || two.kind === 'uint')) {
    return one.int < two.int;
  }
  if (one.kind === 'float' && two.kind === 'float') return one.float < two.float;
  if (one.kind === 'string' && two.kind === 'string') return one.text < two.text;
  if (one.kind !== two.kind) {
    const types = namesTypes ? `: ${one.type.name} and ${two.type.name}` : '';
    return fail(`incompatible types for comparison${types}`);
  }
  return fail('invalid type for comparison');
}

/** Go's `lt`; `namesTypes` is false for the shorter message of older versions. */
export function isLess(one: Value, two: Value, namesTypes: boolean): boolean {
  const isGood = basicKind(one) !== 'other' && basicKind(two) !== 'other';
  if (!isGood || one.kind === 'none' || two.kind === 'none') return fail('invalid type for comparison');
  return orderedBasics(one, two, namesTypes);
}
