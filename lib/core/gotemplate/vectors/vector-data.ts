import { isJsonObject } from '@/lib/core/gotemplate/schema/decode-json';
import { gatewayData, sidecarData } from '@/lib/core/gotemplate/schema/template-data';
import type { Value } from '@/lib/core/gotemplate/values/go-value';
import { goJson } from '@/lib/core/gotemplate/values/make-values';
import { decodeTyped } from './typed-data';

/** The root value of a vector, by its data model. */
export function dataOf(model: string, data: unknown): Value {
  const object = isJsonObject(data) ? data : {};
  switch (model) {
    case 'json':
      return goJson(data);
    case 'typed':
      return decodeTyped(data);
    case 'sidecar':
      return sidecarData(object);
    case 'sidecar-1.6':
      return sidecarData(object, { minor: 6 });
    case 'gateway':
      return gatewayData(object);
    default:
      throw new Error(`unknown data model ${model}`);
  }
}
