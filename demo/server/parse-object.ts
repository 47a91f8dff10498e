import { badRequest } from './api-error';
import { isRecord } from './json-access';
import type { NewMeta, NewObject } from './object-types';

const STRING_MAPS = ['labels', 'annotations'];
const STRINGS = [
  'name',
  'generateName',
  'namespace',
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'deletionTimestamp',
];

/**
 * Reads an object from a request's body: what the store relies on is checked, the rest is the kind's own.
 *
 * Output: the same value, with null metadata fields removed, as the real server decodes them to nothing.
 * Fails with 400 in the words of the real server's decoder.
 */
export function parseObject(value: unknown): NewObject {
  if (!isRecord(value)) throw badRequest('the object provided is unrecognized (must be of type an object)');
  const { apiVersion, kind, metadata } = value;
  if (kind !== undefined && typeof kind !== 'string') throw mismatch('kind', kind, 'string');
  if (apiVersion !== undefined && typeof apiVersion !== 'string') throw mismatch('apiVersion', apiVersion, 'string');
  for (const part of ['spec', 'status']) {
    if (value[part] === null) delete value[part];
    else if (value[part] !== undefined && !isRecord(value[part])) throw mismatch(part, value[part], 'object');
  }
  if (metadata !== undefined && metadata !== null && !isRecord(metadata))
    throw mismatch('metadata', metadata, 'ObjectMeta');
  const { spec, status, ...rest } = value;
  return {
    ...rest,
    apiVersion: apiVersion ?? '',
    kind: kind ?? '',
    metadata: parseMeta(isRecord(metadata) ? metadata : {}),
    ...(isRecord(spec) ? { spec } : {}),
    ...(isRecord(status) ? { status } : {}),
  };
}

function parseMeta(metadata: Record<string, unknown>): NewMeta {
  const meta: NewMeta = {};
  for (const [field, value] of Object.entries(metadata)) {
    if (value === null || value === undefined) continue;
    if (STRINGS.includes(field) && typeof value !== 'string') throw mismatch(`metadata.${field}`, value, 'string');
    if (STRING_MAPS.includes(field)) checkStringMap(field, value);
    if ((field === 'finalizers' || field === 'ownerReferences') && !Array.isArray(value)) {
      throw mismatch(`metadata.${field}`, value, '[]');
    }
    if (isEmpty(value)) continue;
    meta[field] = value;
  }
  return meta;
}

// The real server leaves out metadata that is empty.
function isEmpty(value: unknown): boolean {
  if (value === '') return true;
  return Array.isArray(value) ? value.length === 0 : isRecord(value) && Object.keys(value).length === 0;
}

function checkStringMap(field: string, value: unknown): void {
  if (!isRecord(value)) throw mismatch(`metadata.${field}`, value, 'map[string]string');
  for (const [key, item] of Object.entries(value)) {
    if (item === null) value[key] = '';
    else if (typeof item !== 'string') throw mismatch(`metadata.${field}`, item, 'string');
  }
}

function mismatch(field: string, value: unknown, want: string): Error {
  const found = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  const type = want === 'string' ? 'string' : want;
  const goName = found === 'boolean' ? 'bool' : found;
  return badRequest(`json: cannot unmarshal ${goName} into Go struct field .${field} of type ${type}`);
}
