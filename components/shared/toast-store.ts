export interface Toast {
  readonly id: number;
  readonly tone: 'done' | 'failed' | 'note';
  readonly text: string;
  /** A sentence under the text: why, or what to do. */
  readonly detail?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const MOST_SHOWN = 4;

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Tells the outcome of an act. Failures stay until dismissed, the rest leave by themselves. Returns how to take it back. */
export function showToast(toast: Omit<Toast, 'id'>): () => void {
  const id = nextId;
  nextId += 1;
  change([...toasts, { ...toast, id }].slice(-MOST_SHOWN));
  return () => dismissToast(id);
}

export const dismissToast = (id: number): void => change(toasts.filter((toast) => toast.id !== id));

export const listToasts = (): readonly Toast[] => toasts;

export function onToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
