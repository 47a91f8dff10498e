import mergePatch from 'json-merge-patch';
import { ApiError, badRequest, invalid } from './api-error';
import { decodeTyped } from './decode-object';
import { goText } from './go-text';
import { isRecord } from './json-access';
import { applyJsonPatch, OperationFailure, type PatchOperation } from './json-patch';
import type { KindRow } from './kind-row';
import { schemaOfKind } from './object-schema';
import type { JsonObject, KubeObject, NewObject } from './object-types';
import { orderedJson, touchedBy, touchedByMerge } from './ordered-json';
import { JsonFailure, type ParsedJson, parseJson } from './parse-json';
import type { Reader } from './read-typed';
import { applyStrategicMerge, PatchFailure } from './strategic-merge';

export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

const CONTENT_TYPES: Readonly<Record<string, PatchType>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

/** The kind of patch that a content type announces; 415 for one that this kind does not take. */
export function patchTypeOf(row: KindRow, contentType: string): PatchType {
  const mediaType = (contentType.split(';')[0] ?? '').trim();
  const type = CONTENT_TYPES[mediaType];
  if (type !== undefined && !(row.isCustom && type === 'strategic')) return type;
  const known = Object.keys(CONTENT_TYPES).filter((name) => !row.isCustom || CONTENT_TYPES[name] !== 'strategic');
  if (row.isCustom && type === 'strategic') {
    const text = `the body of the request was in an unknown format - accepted media types include: ${known.join(', ')}`;
    throw new ApiError('UnsupportedMediaType', text);
  }
  throw new ApiError('UnsupportedMediaType', '415: Unsupported Media Type', {});
}

/** A parsed patch: it can be tried on one version of an object after another. */
export interface ObjectPatch {
  /** The object after the patch as its type holds it, and what strict decoding objects to; `refuse` is the answer to that. */
  apply(row: KindRow, current: KubeObject): PatchedObject;
}

export interface PatchedObject {
  readonly object: NewObject;
  readonly problems: readonly string[];
  refuse(why: string): Error;
}

/** Reads a JSON, merge or strategic merge patch. Fails with 400 in the words of the real server. */
export function parsePatch(type: Exclude<PatchType, 'apply'>, text: string): ObjectPatch {
  const refuse = type === 'strategic' ? badRequest : undecodable;
  const parsed = parsePatchText(text, refuse);
  if (type === 'json') return parseOperations(parsed);
  const { value: patch, duplicates } = parsed;
  if (!isRecord(patch))
    throw refuse(`json: cannot unmarshal ${goKind(patch)} into Go value of type map[string]interface {}`);
  const problems = duplicates.map((path) => `duplicate field "${path}"`);
  return {
    apply: (row, current) =>
      type === 'merge'
        ? toPatched(row, asRecord(mergePatch.apply(structuredClone(current), patch)), problems, (patched) =>
            orderedJson(schemaOfKind(row), patched, touchedByMerge(patch)),
          )
        : toPatched(row, mergeStrategically(row, current, patch), problems, () => goText(patch), 'converter'),
  };
}

function parsePatchText(text: string, refuse: (why: string) => Error): ParsedJson {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonFailure) throw refuse(error.message);
    throw error;
  }
}

const undecodable = (why: string) => badRequest(`error decoding patch: ${why}`);

function goKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return isRecord(value) ? 'object' : typeof value === 'boolean' ? 'bool' : typeof value;
}

const OPERATION_FIELDS = ['op', 'path', 'from', 'value'];

function parseOperations({ value, duplicates }: ParsedJson): ObjectPatch {
  if (!Array.isArray(value)) {
    throw undecodable(`json: cannot unmarshal ${goKind(value)} into Go value of type []handlers.jsonPatchOp`);
  }
  const problems = duplicates.map((path) => `json patch duplicate field "${path}"`);
  const operations = value.map((item: unknown, at): PatchOperation => {
    if (!isRecord(item))
      throw undecodable(`json: cannot unmarshal ${goKind(item)} into Go value of type handlers.jsonPatchOp`);
    const unknown = Object.keys(item).filter((name) => !OPERATION_FIELDS.includes(name));
    problems.push(...unknown.map((name) => `json patch unknown field "[${at}].${name}"`));
    const textOf = (name: string) => (typeof item[name] === 'string' ? item[name] : '');
    return { op: textOf('op'), path: textOf('path'), from: textOf('from'), value: item.value };
  });
  const touched = touchedBy(
    operations.flatMap(({ path, from }) => (from === undefined || from === '' ? [path] : [path, from])),
  );
  return {
    apply: (row, current) =>
      toPatched(row, asRecord(patchDocument(current, operations)), problems, (patched) =>
        orderedJson(schemaOfKind(row), patched, touched),
      ),
  };
}

function patchDocument(document: unknown, operations: readonly PatchOperation[]): unknown {
  try {
    return applyJsonPatch(document, operations);
  } catch (error) {
    if (!(error instanceof OperationFailure)) throw error;
    throw new ApiError('Invalid', 'the server rejected our request due to an error in our request', {});
  }
}

function asRecord(value: unknown): JsonObject {
  if (!isRecord(value)) throw badRequest('the patch does not leave an object');
  return value;
}

function mergeStrategically(row: KindRow, current: KubeObject, patch: JsonObject): JsonObject {
  try {
    return applyStrategicMerge(schemaOfKind(row), current, structuredClone(patch));
  } catch (error) {
    if (!(error instanceof PatchFailure)) throw error;
    if (error.message.startsWith('invalid patch format')) throw badRequest(error.message);
    throw new ApiError('', error.message, undefined, 500);
  }
}

function toPatched(
  row: KindRow,
  patched: JsonObject,
  problems: readonly string[],
  show: (patched: JsonObject) => string,
  reader?: Reader,
): PatchedObject {
  const refuse = (why: string) => {
    const message = `Invalid value: ${JSON.stringify(show(patched))}: ${why}`;
    return invalid('', '', '', [{ reason: 'FieldValueInvalid', message, field: 'patch' }]);
  };
  const decoded = decodeTyped(row, patched, refuse, reader);
  return { object: decoded.object, problems: [...problems, ...decoded.problems], refuse };
}
