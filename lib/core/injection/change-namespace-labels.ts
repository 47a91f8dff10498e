import { INJECTION_LABEL, REVISION_LABEL } from '@/lib/core/kube/names';
import type { StringMap } from '@/lib/core/kube/object-types';

/** What a person asks of a namespace. */
export type InjectionAction =
  | { readonly kind: 'enable'; readonly revision?: string }
  | { readonly kind: 'disable' }
  | { readonly kind: 'unset' };

export interface LabelLine {
  readonly kind: 'same' | 'added' | 'removed';
  /** `key: value`, as a manifest has it. */
  readonly text: string;
}

/** The two labels before and after, as a patch, as lines of a diff and as the kubectl command that does the same. */
export interface LabelChangePlan {
  readonly before: StringMap;
  readonly after: StringMap;
  /** Keys to write; null removes. Empty when everything is so already. */
  readonly patch: Readonly<Record<string, string | null>>;
  readonly lines: readonly LabelLine[];
  readonly kubectl: string;
  readonly isNoChange: boolean;
}

const KEYS = [INJECTION_LABEL, REVISION_LABEL] as const;

/**
 * What an action makes of both injection labels; null for one that it takes away or leaves away.
 *
 * Never throws. It asks for the whole outcome, so it is right to write whatever stands there by then.
 */
export function labelsToWrite(action: InjectionAction): Readonly<Record<(typeof KEYS)[number], string | null>> {
  const wanted = wantedLabels(action);
  return { [INJECTION_LABEL]: wanted[INJECTION_LABEL] ?? null, [REVISION_LABEL]: wanted[REVISION_LABEL] ?? null };
}

/**
 * Works out which labels an action sets and removes on a namespace.
 *
 * Output: only the two injection labels; others stay as they are. Of the two, one is left at most, since a second one is ignored or stands in the way.
 * Never throws. Source: Istio's own instructions for `istio-injection` and `istio.io/rev`.
 */
export function changeNamespaceLabels(name: string, labels: StringMap, action: InjectionAction): LabelChangePlan {
  const wanted = wantedLabels(action);
  const before = pick(labels);
  const patch: Record<string, string | null> = {};
  for (const key of KEYS) {
    if (before[key] !== wanted[key]) patch[key] = wanted[key] ?? null;
  }
  return {
    before,
    after: pick(wanted),
    patch,
    lines: KEYS.flatMap((key) => diffLines(key, before[key], wanted[key])),
    kubectl: toKubectl(name, before, patch),
    isNoChange: Object.keys(patch).length === 0,
  };
}

/** The action that gives back the labels as they were; undefined where none does, e.g. for an odd value or for both labels. */
export function findUndo(
  labels: StringMap,
): { readonly action: InjectionAction['kind']; readonly revision?: string } | undefined {
  const { [INJECTION_LABEL]: injection, [REVISION_LABEL]: revision } = labels;
  if (injection === undefined) return revision === undefined ? { action: 'unset' } : { action: 'enable', revision };
  if (revision !== undefined) return undefined;
  if (injection === 'enabled') return { action: 'enable' };
  return injection === 'disabled' ? { action: 'disable' } : undefined;
}

function wantedLabels(action: InjectionAction): StringMap {
  switch (action.kind) {
    case 'enable':
      return action.revision === undefined ? { [INJECTION_LABEL]: 'enabled' } : { [REVISION_LABEL]: action.revision };
    case 'disable':
      return { [INJECTION_LABEL]: 'disabled' };
    case 'unset':
      return {};
  }
}

function pick(labels: StringMap): StringMap {
  return Object.fromEntries(KEYS.flatMap((key) => (labels[key] === undefined ? [] : [[key, labels[key]]])));
}

function diffLines(key: string, before: string | undefined, after: string | undefined): readonly LabelLine[] {
  if (before === after) return before === undefined ? [] : [{ kind: 'same', text: `${key}: ${before}` }];
  return [
    ...(before === undefined ? [] : [{ kind: 'removed' as const, text: `${key}: ${before}` }]),
    ...(after === undefined ? [] : [{ kind: 'added' as const, text: `${key}: ${after}` }]),
  ];
}

function toKubectl(name: string, before: StringMap, patch: Readonly<Record<string, string | null>>): string {
  const parts = Object.entries(patch).map(([key, value]) => (value === null ? `${key}-` : `${key}=${value}`));
  const replaces = Object.entries(patch).some(([key, value]) => value !== null && before[key] !== undefined);
  return ['kubectl label namespace', name, ...parts, ...(replaces ? ['--overwrite'] : [])].join(' ');
}
