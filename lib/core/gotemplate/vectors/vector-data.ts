import type { Value } from '@/lib/core/gotemplate/values/go-value';
import { goJson } from '@/lib/core/gotemplate/values/make-values';
import { decodeTyped } from './typed-data';

/** The root value of a vector, by its data model. */
export function dataOf(model: string, data: unknown): Value {
  switch (model) {
    case 'json':
      return goJson(data);
    case 'typed':
      return decodeTyped(data);
    default:
      throw new Error(`unknown data model ${model}`);
  }
}
