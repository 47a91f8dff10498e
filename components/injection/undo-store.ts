import { readCookie } from '@/components/shared/browser-cookie';
import { CLUSTER_COOKIE } from '@/components/shared/preferences';
import type { InjectionActionName } from '@/lib/api/injection';
import type { UndoablePart, UndoOutcome } from './undo-part';

/** One thing that was done here, on one object or on many at once. */
export interface RecentAction {
  readonly id: number;
  readonly at: string;
  /** The cluster's cookie then: a switch to another cluster must not send an undo there. */
  readonly cluster: string;
  readonly action: InjectionActionName;
  readonly parts: readonly UndoablePart[];
  /** Of each part, once somebody took the action back. */
  readonly outcomes?: readonly UndoOutcome[];
  readonly isUndoing?: boolean;
}

const MOST_KEPT = 20;

let actions: readonly RecentAction[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function change(next: readonly RecentAction[]): void {
  actions = next;
  for (const listener of listeners) listener();
}

/** The actions of this session, the newest first. They outlive pages, not the browser's tab. */
export const listActions = (): readonly RecentAction[] => actions;

export function onActions(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export const currentCluster = (): string => readCookie(CLUSTER_COOKIE) ?? '';

const isSame = (a: UndoablePart, b: UndoablePart | undefined): boolean =>
  a.kind === b?.kind && a.namespace === b.namespace && a.name === b.name && a.resourceVersion === b.resourceVersion;

/** Remembers what was done, once however often it is told; the id is the way to take it back. */
export function recordAction(action: InjectionActionName, parts: readonly UndoablePart[]): number {
  const known = actions.find((one) => parts.every((part, index) => isSame(part, one.parts[index])));
  if (known !== undefined) return known.id;
  const id = nextId;
  nextId += 1;
  const done = { id, at: new Date().toISOString(), cluster: currentCluster(), action, parts };
  change([done, ...actions].slice(0, MOST_KEPT));
  return id;
}

export const findAction = (id: number): RecentAction | undefined => actions.find((one) => one.id === id);

/** Whether an action can still be tried to be taken back, as far as this page knows. */
export const canUndo = ({ parts, outcomes, isUndoing, cluster }: RecentAction): boolean =>
  outcomes === undefined &&
  isUndoing !== true &&
  cluster === currentCluster() &&
  parts.some(({ undo }) => undo !== undefined);

export function changeAction(id: number, next: Pick<RecentAction, 'outcomes' | 'isUndoing'>): void {
  change(actions.map((one) => (one.id === id ? { ...one, ...next } : one)));
}
