type Listener = (text: string) => void;

const listeners = new Set<Listener>();

/** Says something to people who listen instead of look: the frame's live region reads it out. */
export function announce(text: string): void {
  for (const listener of listeners) listener(text);
}

export function onAnnounce(listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
