import 'server-only';
import type { EventRecord, ObjectRecord } from '@/lib/core/kube/records';
import type { KeepNewest } from './watched-kind';

/** The items within the bounds, newest first. */
export function newestOf<Item extends ObjectRecord>(items: readonly Item[], keep: KeepNewest): Item[] {
  const taken = new Map<string, number>();
  const kept: Item[] = [];
  for (const item of [...items].sort(byAge)) {
    const subject = subjectOf(item);
    const count = taken.get(subject) ?? 0;
    if (count >= keep.perInvolved || kept.length >= keep.total) continue;
    taken.set(subject, count + 1);
    kept.push(item);
  }
  return kept;
}

/** What has to go after `latest` came in, so that the bounds hold. */
export function surplusOf<Item extends ObjectRecord>(
  items: readonly Item[],
  latest: Item,
  keep: KeepNewest,
): readonly Item[] {
  const subject = subjectOf(latest);
  const siblings = items.filter((item) => subjectOf(item) === subject);
  if (siblings.length > keep.perInvolved) return siblings.sort(byAge).slice(keep.perInvolved);
  return items.length > keep.total ? [...items].sort(byAge).slice(keep.total) : [];
}

function subjectOf(item: ObjectRecord): string {
  return isEvent(item) ? `${item.involved.kind}/${item.namespace}/${item.involved.name}` : item.namespace;
}

function byAge(left: ObjectRecord, right: ObjectRecord): number {
  const [a, b] = [timeOf(left), timeOf(right)];
  return a === b ? 0 : a < b ? 1 : -1;
}

function timeOf(item: ObjectRecord): string {
  return isEvent(item) ? item.lastSeen : item.createdAt;
}

function isEvent(item: ObjectRecord): item is EventRecord {
  return 'lastSeen' in item && 'involved' in item;
}
