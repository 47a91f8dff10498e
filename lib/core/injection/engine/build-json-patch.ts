import { isEqualJson, isList, isObject, type JsonObject, type JsonValue } from './json-types';

export type JsonPatchStep =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: JsonValue }
  | { readonly op: 'remove'; readonly path: string };

/**
 * The steps from a pod to another: objects key by key, lists as a whole unless only their items differ.
 *
 * Input: the pod after the typed round trip, the result, and the pod as it was sent, whose keys a step may have to add.
 * Output: an RFC 6902 patch; empty where nothing differs.
 */
export function buildJsonPatch(before: JsonObject, after: JsonObject, sent: JsonObject): readonly JsonPatchStep[] {
  return ['metadata', 'spec'].flatMap((key) =>
    isObject(sent[key])
      ? diffObject(`/${key}`, before[key], after[key], sent[key])
      : put(`/${key}`, sent, key, after[key]),
  );
}

function diffObject(
  path: string,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  sent: JsonObject,
): JsonPatchStep[] {
  const [old, made] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  return [...new Set([...Object.keys(old), ...Object.keys(made)])].flatMap((key) => {
    const at = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const [one, two] = [old[key], made[key]];
    if (isEqualJson(one, two)) return [];
    const given = Object.hasOwn(sent, key) ? sent[key] : undefined;
    if (isObject(one) && isObject(two) && isObject(given)) return diffObject(at, one, two, given);
    if (isList(one) && isList(two) && isList(given) && given.length === one.length)
      return diffList(at, one, two, given);
    return put(at, sent, key, two);
  });
}

function diffList(
  path: string,
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  sent: readonly JsonValue[],
): JsonPatchStep[] {
  const isSameLength = before.length === after.length;
  if (!isSameLength || !before.every(isObject) || !after.every(isObject))
    return [{ op: 'replace', path, value: after }];
  return before.flatMap((item, index) => {
    const given = sent[index];
    const made = after[index];
    if (isEqualJson(item, made)) return [];
    return isObject(given)
      ? diffObject(`${path}/${index}`, item, made, given)
      : [{ op: 'replace', path: `${path}/${index}`, value: made ?? null }];
  });
}

function put(path: string, sent: JsonObject, key: string, value: JsonValue | undefined): JsonPatchStep[] {
  const isThere = Object.hasOwn(sent, key);
  if (value === undefined) return isThere ? [{ op: 'remove', path }] : [];
  return [{ op: isThere ? 'replace' : 'add', path, value }];
}
