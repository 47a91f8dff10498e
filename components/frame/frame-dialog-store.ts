/** Which of the frame's dialogs is open; any part of the product may open one. */
export type FrameDialog = 'palette' | 'keys' | 'actions';

let open: FrameDialog | null = null;
const listeners = new Set<() => void>();

export function setFrameDialog(next: FrameDialog | null): void {
  open = next;
  for (const listener of listeners) listener();
}

export const openFrameDialog = (): FrameDialog | null => open;

export function onFrameDialog(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
