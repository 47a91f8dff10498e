import type { Budget } from '@/lib/core/gotemplate/evaluate/limits';
import { isNilValue, unwrapInterface, type Value } from '@/lib/core/gotemplate/values/go-value';

/** Go's reflect.DeepEqual: same types all the way down; a nil list is not an empty one. */
export function areDeeplyEqual(budget: Budget, first: Value, second: Value): boolean {
  budget.spend(1);
  const [one, two] = [unwrapInterface(first), unwrapInterface(second)];
  if (one.kind === 'none' || two.kind === 'none') return one.kind === two.kind;
  if (one.type !== two.type || isNilValue(one) !== isNilValue(two)) return false;
  const same = (left: Value | undefined, right: Value | undefined) =>
    left !== undefined && right !== undefined && areDeeplyEqual(budget, left, right);
  if (one.kind === 'string' && two.kind === 'string') return one.text === two.text;
  if (one.kind === 'bool' && two.kind === 'bool') return one.bool === two.bool;
  if ((one.kind === 'int' && two.kind === 'int') || (one.kind === 'uint' && two.kind === 'uint'))
    return one.int === two.int;
  if (one.kind === 'float' && two.kind === 'float') return one.float === two.float;
  if (one.kind === 'complex' && two.kind === 'complex') return one.real === two.real && one.imaginary === two.imaginary;
  if (one.kind === 'pointer' && two.kind === 'pointer') {
    return one.target === two.target || same(one.target, two.target);
  }
  if (one.kind === 'slice' && two.kind === 'slice') {
    const [left, right] = [one.items ?? [], two.items ?? []];
    return left.length === right.length && left.every((item, index) => same(item, right[index]));
  }
  if (one.kind === 'map' && two.kind === 'map') {
    const [left, right] = [one.entries ?? new Map(), two.entries ?? new Map()];
    return left.size === right.size && [...left].every(([key, item]) => same(item, right.get(key)));
  }
  if (one.kind === 'struct' && two.kind === 'struct') {
    return one.type.fields.every((_, index) => same(one.data.field(index), two.data.field(index)));
  }
  return false;
}
