import type { Loadable } from '@/components/shared/use-resource';
import type { AccessAnswer } from '@/lib/api/namespace';

export type RestartRight =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'read-only' }
  | { readonly kind: 'forbidden'; readonly right: string }
  | { readonly kind: 'failed'; readonly message: string };

/** Whether the user may restart workloads of a kind, and what stands against it. */
export function toRestartRight(access: Loadable<AccessAnswer>, kind: string): RestartRight {
  if (access.status === 'loading') return { kind: 'asking' };
  if (access.status === 'failed') return { kind: 'failed', message: access.error.message };
  if (access.value.isReadOnly) return { kind: 'read-only' };
  const found = Object.entries(access.value.restart).find(([name]) => name === kind)?.[1];
  if (found === undefined) return { kind: 'forbidden', right: `patch ${kind}` };
  return found.allowed ? { kind: 'allowed' } : { kind: 'forbidden', right: found.right };
}

/** A right that is still being asked for keeps nobody from choosing; only the act itself waits for the answer. */
export const mayBeChosen = ({ kind }: RestartRight): boolean => kind === 'allowed' || kind === 'asking';
