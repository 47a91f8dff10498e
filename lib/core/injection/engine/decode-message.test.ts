import { expect, it } from 'vitest';
import { decodeMessage } from './decode-message';
import type { JsonObject } from './json-types';

const reading = (object: JsonObject) => {
  try {
    return decodeMessage(object, 'ProxyConfig');
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
};
const into = (found: string, type: string) => `json: cannot unmarshal ${found} into Go value of type ${type}`;

// The texts are those of the real istiod about the annotation proxy.istio.io/config.
it.each<[name: string, config: JsonObject, want: unknown]>([
  ['a number in quotes', { statusPort: '15099' }, { statusPort: 15099 }],
  ['a word for a number', { statusPort: 'x' }, "invalid character 'x' looking for beginning of value"],
  ['a word for a float', { tracing: { sampling: 'high' } }, "invalid character 'h' looking for beginning of value"],
  ['no digits at all', { concurrency: '' }, 'unexpected end of JSON input'],
  ['a flag for a number', { statusPort: 'true' }, into('bool', 'int32')],
  ['a list for a map', { proxyMetadata: ['a'] }, into('array', 'map[string]json.RawMessage')],
  ['a text for a message', { tracing: 'text' }, into('string', 'map[string]json.RawMessage')],
  ['a text for a list', { extraStatTags: 'a' }, into('string', '[]json.RawMessage')],
  ['an object for an enum', { interceptionMode: {} }, into('object', 'protoreflect.EnumNumber')],
])('reads %s', (_name, config, want) => {
  expect(reading(config)).toEqual(want);
});
