import {
  fieldOf,
  isObject,
  type JsonObject,
  type JsonValue,
  objectsAt,
  textAt,
} from '@/lib/core/injection/engine/json-types';

/** The fields that the one who created an object sent, before any webhook touched it. */
export interface SentFields {
  /** Steps lead through fields (`spec`), and items of a list by their key (`{ name: 'app' }`). */
  readonly has: (...steps: readonly (string | ItemKey)[]) => boolean;
}

interface ItemKey {
  readonly name: string;
}

/**
 * Reads from the bookkeeping of the API server which fields its creator sent.
 *
 * Input: the metadata of an object as the API server keeps it.
 * Output: undefined where that was left out, as kubectl does, or where it names no creation.
 * Source: Kubernetes, apiserver/pkg/endpoints/handlers/create.go: fields are counted before mutating admission runs.
 */
export function readSentFields(metadata: JsonObject): SentFields | undefined {
  const created = objectsAt(metadata, 'managedFields')
    .filter((entry) => textAt(entry, 'subresource') === '' && holdsContainers(fieldOf(entry, 'fieldsV1')))
    .sort((one, two) => (textAt(one, 'time') < textAt(two, 'time') ? -1 : 1));
  const [first] = created;
  if (first === undefined || textAt(first, 'time') > createdAt(metadata)) return undefined;
  const fields = first.fieldsV1;
  return { has: (...steps) => steps.reduce<JsonValue | undefined>(stepInto, fields) !== undefined };
}

function holdsContainers(fields: JsonValue | undefined): boolean {
  return isObject(fieldOf(fieldOf(fields, 'f:spec'), 'f:containers'));
}

function createdAt(metadata: JsonObject): string {
  return textAt(metadata, 'creationTimestamp');
}

function stepInto(at: JsonValue | undefined, step: string | ItemKey): JsonValue | undefined {
  if (typeof step === 'string') return fieldOf(at, `f:${step}`);
  return fieldOf(at, `k:${JSON.stringify({ name: step.name })}`);
}
