import { isRecord, jsonEqual } from './json-access';
import type { JsonObject } from './object-types';

export interface PatchOperation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

/** A patch that does not fit its document, in the words of the Go library that the real server uses. */
export class OperationFailure extends Error {}

/**
 * Applies a JSON patch as the real server's library does; the document is left as it is.
 *
 * It is not quite RFC 6902: replacing a key that an object has not adds it, copying from one gives null, and a negative index
 * counts from the end. Source: gopkg.in/evanphx/json-patch.v4, patch.go.
 */
export function applyJsonPatch(document: unknown, operations: readonly PatchOperation[]): unknown {
  const root = structuredClone(document);
  for (const operation of operations) applyOperation(root, operation);
  return root;
}

function applyOperation(root: unknown, { op, path, from = '', value }: PatchOperation): void {
  switch (op) {
    case 'add':
      place(root, path, op).add(structuredClone(value));
      break;
    case 'replace':
      place(root, path, op).replace(structuredClone(value));
      break;
    case 'remove':
      place(root, path, op).remove();
      break;
    case 'test':
      test(root, path, value);
      break;
    case 'move': {
      const source = place(root, from, op);
      const moved = source.get();
      source.remove();
      place(root, path, op).add(moved);
      break;
    }
    case 'copy':
      place(root, path, op).add(structuredClone(place(root, from, op).get() ?? null));
      break;
    default:
      throw new OperationFailure(`Unexpected kind: ${op === '' ? 'unknown' : op}`);
  }
}

function test(root: unknown, path: string, value: unknown): void {
  const found = place(root, path, 'test').get();
  if (!jsonEqual(found ?? null, value ?? null)) throw new OperationFailure(`testing value ${path} failed: test failed`);
}

/** One spot of a document: a key of an object or an index of a list. */
interface Place {
  get(): unknown;
  add(value: unknown): void;
  replace(value: unknown): void;
  remove(): void;
}

function place(root: unknown, path: string, op: string): Place {
  const missing = () =>
    new OperationFailure(`${op} operation does not apply: doc is missing path: "${path}": missing value`);
  const steps = path
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = steps.pop();
  if (last === undefined) throw missing();
  let container: unknown = root;
  for (const step of steps)
    container = Array.isArray(container)
      ? container[indexIn(container, step, missing)]
      : isRecord(container)
        ? container[step]
        : undefined;
  if (Array.isArray(container)) return listPlace(container, last, missing);
  if (isRecord(container)) return objectPlace(container, last, path);
  throw missing();
}

const noKey = (path: string, key: string) =>
  `error in remove for path: '${path}': Unable to remove nonexistent key: ${key}: missing value`;

function objectPlace(object: JsonObject, key: string, path: string): Place {
  const set = (value: unknown) => {
    object[key] = value;
  };
  return {
    get: () => object[key],
    add: set,
    replace: set,
    remove: () => {
      if (!Object.hasOwn(object, key)) throw new OperationFailure(noKey(path, key));
      delete object[key];
    },
  };
}

function listPlace(list: unknown[], key: string, missing: () => Error): Place {
  return {
    get: () => list[indexIn(list, key, missing)],
    add: (value) => void list.splice(key === '-' ? list.length : indexIn(list, key, missing, list.length), 0, value),
    replace: (value) => {
      list[indexIn(list, key, missing)] = value;
    },
    remove: () => void list.splice(indexIn(list, key, missing), 1),
  };
}

function indexIn(list: readonly unknown[], key: string, missing: () => Error, highest = list.length - 1): number {
  const index = /^-?\d+$/.test(key) ? Number(key) : Number.NaN;
  const at = index < 0 ? index + list.length : index;
  if (Number.isNaN(at) || at < 0 || at > highest) throw missing();
  return at;
}
