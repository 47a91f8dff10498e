import type { Budget } from '@/lib/core/gotemplate/evaluate/limits';
import { bytesOf, textByMethod } from '@/lib/core/gotemplate/format/printer';
import { sprintOne } from '@/lib/core/gotemplate/format/printf';
import type { ByteString } from '@/lib/core/gotemplate/values/byte-string';
import { BYTES } from '@/lib/core/gotemplate/values/go-type';
import { isEmptyValue, unwrapInterface, type Value } from '@/lib/core/gotemplate/values/go-value';

/** A value as sprig turns it into text: strings and bytes as they are, then Error or String, then `%v`. Source: sprig, strval. */
export function operandText(budget: Budget, value: Value): ByteString {
  if (value.kind === 'string' && value.type.methods.size === 0) return value.text;
  if (value.kind === 'slice' && value.type === BYTES) return bytesOf(value);
  return textByMethod(value) ?? sprintOne(budget, value);
}

/** The texts of a list's elements, nil ones left out; a value that is no list counts as a list of one. Source: sprig, strslice. */
export function operandTexts(budget: Budget, value: Value): ByteString[] {
  if (value.kind === 'none') return [];
  if (value.kind !== 'slice') return [operandText(budget, value)];
  const items = (value.items ?? []).map(unwrapInterface).filter((item) => item.kind !== 'none');
  return items.map((item) => operandText(budget, item));
}

/** Go's kind of a value, as sprig names it. */
export function kindName(value: Value): string {
  switch (value.kind) {
    case 'none':
      return 'invalid';
    case 'pointer':
      return 'ptr';
    case 'int':
    case 'uint':
      return baseName(value.kind, value.type.bits, value.type.name);
    case 'float':
      return `float${value.type.bits}`;
    case 'complex':
      return 'complex128';
    default:
      return value.kind;
  }
}

function baseName(kind: 'int' | 'uint', bits: number, name: string): string {
  if (name === 'int' || name === 'uint') return name;
  return `${kind}${bits}`;
}

/** Sprig's test of emptiness: structs are never empty, pointers only when nil. Source: sprig, empty. */
export function isEmptyOperand(value: Value): boolean {
  return value.kind === 'complex' ? value.real === 0 && value.imaginary === 0 : isEmptyValue(value);
}
