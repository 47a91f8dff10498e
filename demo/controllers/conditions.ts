import { recordsAt } from '@/demo/server/json-access';
import type { JsonObject, NewObject } from '@/demo/server/object-types';

/** The object's conditions with one of them replaced, added or (`undefined`) removed; the others keep their order. */
export function withCondition(
  conditions: readonly JsonObject[],
  type: string,
  next: JsonObject | undefined,
): JsonObject[] {
  if (!conditions.some((condition) => condition.type === type)) {
    return next === undefined ? [...conditions] : [...conditions, next];
  }
  return conditions.flatMap((condition) =>
    condition.type === type ? (next === undefined ? [] : [next]) : [condition],
  );
}

export function conditionsOf(object: NewObject): JsonObject[] {
  return recordsAt(object, 'status', 'conditions');
}

/** A copy without the fields that are zero, as Go leaves them out of its JSON. */
export function withoutZeros(status: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(status).filter(([, value]) => value !== 0 && value !== undefined));
}
