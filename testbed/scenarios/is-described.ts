import { isRecord } from '@/demo/server/json-access';

/** Whether a stored value has everything that a description says; what the cluster added beside it does not matter. */
export function isDescribed(stored: unknown, description: unknown): boolean {
  if (Array.isArray(description)) {
    return (
      Array.isArray(stored) &&
      stored.length === description.length &&
      description.every((item, index) => isDescribed(stored[index], item))
    );
  }
  if (!isRecord(description)) return Object.is(stored, description);
  if (!isRecord(stored)) return Object.keys(description).length === 0 && stored === undefined;
  return Object.entries(description).every(([key, value]) => value === undefined || isDescribed(stored[key], value));
}
