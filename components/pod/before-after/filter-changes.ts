import type { PodChange } from '@/lib/api/pod-diff';
import { isClusterOrigin } from '@/lib/core/pod/change-types';

export type ChangeKind = PodChange['kind'];

export interface ChangeFilter {
  readonly search: string;
  /** Empty for all. */
  readonly kinds: readonly ChangeKind[];
}

export interface ChangeGroupView {
  readonly group: PodChange['group'];
  /** What counts by itself. */
  readonly changes: readonly PodChange[];
  /** Parts of containers that are new anyway: detail, folded at first. */
  readonly parts: readonly PodChange[];
}

/** What a search looks in: path, values and, as words on screen, purpose and origin. */
function matchesSearch(change: PodChange, search: string, words: string): boolean {
  const text = [change.path, change.container, change.before, change.after, words].join('\n').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Splits a change list into what injection (or something unknown) did and what every pod of a cluster gets. */
export function splitByOrigin(changes: readonly PodChange[]) {
  return {
    own: changes.filter(({ origin }) => !isClusterOrigin(origin)),
    byCluster: changes.filter(({ origin }) => isClusterOrigin(origin)),
  };
}

export function filterChanges(
  changes: readonly PodChange[],
  { search, kinds }: ChangeFilter,
  toWords: (change: PodChange) => string,
): readonly PodChange[] {
  return changes.filter(
    (change) =>
      (kinds.length === 0 || kinds.includes(change.kind)) &&
      (search.trim() === '' || matchesSearch(change, search.trim(), toWords(change))),
  );
}

/** Groups in the order of the list. */
export function groupChanges(changes: readonly PodChange[]): readonly ChangeGroupView[] {
  const groups = new Map<PodChange['group'], PodChange[]>();
  for (const change of changes) groups.set(change.group, [...(groups.get(change.group) ?? []), change]);
  return [...groups].map(([group, own]) => ({
    group,
    changes: own.filter(({ isPart }) => !isPart),
    parts: own.filter(({ isPart }) => isPart),
  }));
}
