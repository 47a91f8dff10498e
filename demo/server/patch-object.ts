import jsonPatch from 'fast-json-patch';
import mergePatch from 'json-merge-patch';
import { ApiError, badRequest } from './api-error';
import { isRecord } from './json-access';
import type { KindRow } from './kind-row';
import type { JsonObject, KubeObject } from './object-types';
import { applyStrategicMerge } from './strategic-merge';

export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

const CONTENT_TYPES: Readonly<Record<string, PatchType>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

/** The kind of patch that a content type announces; 415 for one that this kind does not take. */
export function patchTypeOf(row: KindRow, contentType: string): PatchType {
  const [mediaType = ''] = contentType.split(';');
  const type = CONTENT_TYPES[mediaType.trim()];
  const known = Object.keys(CONTENT_TYPES).filter((name) => !row.isCustom || CONTENT_TYPES[name] !== 'strategic');
  if (type !== undefined && known.includes(mediaType.trim())) return type;
  const list = known.join(', ');
  throw new ApiError(
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${list}`,
  );
}

/** The object after a JSON, merge or strategic merge patch; `current` is left as it is. */
export function patchObject(
  row: KindRow,
  current: KubeObject,
  type: Exclude<PatchType, 'apply'>,
  patch: unknown,
): JsonObject {
  if (type === 'json') return applyJsonPatch(row, current, patch);
  if (!isRecord(patch)) {
    throw badRequest('json: cannot unmarshal array into Go value of type map[string]interface {}');
  }
  const patched =
    type === 'merge' ? mergePatch.apply(structuredClone(current), patch) : applyStrategicMerge(current, patch);
  if (!isRecord(patched)) throw badRequest('the patch does not leave an object');
  return patched;
}

type Operation = Parameters<typeof jsonPatch.applyOperation>[1];

const OPERATIONS = ['add', 'remove', 'replace', 'move', 'copy', 'test'];

function isOperation(value: unknown): value is Operation {
  if (!isRecord(value) || typeof value.path !== 'string' || typeof value.op !== 'string') return false;
  return OPERATIONS.includes(value.op);
}

function applyJsonPatch(row: KindRow, current: KubeObject, patch: unknown): JsonObject {
  if (!Array.isArray(patch)) {
    throw badRequest('json: cannot unmarshal object into Go value of type jsonpatch.Patch');
  }
  let document: unknown = structuredClone(current);
  for (const operation of patch) {
    if (!isOperation(operation))
      throw badRequest(`Unexpected kind: ${String(isRecord(operation) ? operation.op : operation)}`);
    const failure = failureOf(document, operation);
    if (failure !== undefined) throw unprocessable(row, current, failure);
    document = jsonPatch.applyOperation(document, operation, false, true, true).newDocument;
  }
  if (!isRecord(document)) throw badRequest('the patch does not leave an object');
  return document;
}

/** Why an operation cannot be applied, in the words of the Go library that the real server uses. */
function failureOf(document: unknown, operation: Operation): string | undefined {
  try {
    jsonPatch.applyOperation(document, operation, true, false, true);
    return undefined;
  } catch {
    if (operation.op === 'test') return `testing path ${operation.path} failed`;
    const where = operation.path;
    return `${operation.op} operation does not apply: doc is missing path: ${where}: missing value`;
  }
}

function unprocessable(row: KindRow, current: KubeObject, failure: string): ApiError {
  const details = { name: current.metadata.name, ...(row.group === '' ? {} : { group: row.group }), kind: row.plural };
  return new ApiError('Invalid', `the server rejected our request due to an error in our request: ${failure}`, details);
}
