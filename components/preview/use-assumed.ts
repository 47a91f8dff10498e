'use client';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import type { Assumed } from './preview-address';

const ACTIONS = ['enable', 'disable', 'unset'] as const;

/** Under which labels the preview on this page is made, kept in the URL. */
export function useAssumed(): readonly [Assumed, (assumed: Assumed) => void] {
  const [{ action, revision }, set] = useQueryStates({
    action: parseAsStringLiteral(ACTIONS),
    revision: parseAsString,
  });
  const assumed: Assumed = { action: action ?? undefined, revision: revision ?? undefined };
  return [assumed, (next) => void set({ action: next.action ?? null, revision: next.revision ?? null })];
}
