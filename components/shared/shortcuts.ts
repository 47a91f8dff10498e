export interface Shortcut {
  /** A single key as `KeyboardEvent.key` names it, or `mod+` and a key for Ctrl or ⌘. */
  readonly keys: string;
  /** What it does, for the list of keys. */
  readonly label: string;
  readonly run: () => void;
}

const active = new Set<Shortcut>();
let isSingleOn = true;

/** Single keys can be switched off in Settings, for people whose speech input or tremor would press them. */
export function setSingleKeys(isOn: boolean): void {
  isSingleOn = isOn;
}

export const areSingleKeysOn = (): boolean => isSingleOn;

export const listShortcuts = (): readonly Shortcut[] => [...active];

const isEditable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

function matches({ keys }: Shortcut, event: KeyboardEvent): boolean {
  if (keys.startsWith('mod+')) {
    return (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === keys.slice(4);
  }
  if (!isSingleOn || event.ctrlKey || event.metaKey || event.altKey || isEditable(event.target)) return false;
  return event.key === keys && document.querySelector('[role="dialog"]') === null;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const hit = [...active].reverse().find((shortcut) => matches(shortcut, event));
  if (hit === undefined) return;
  event.preventDefault();
  hit.run();
}

/** Adds a shortcut; the newest wins where two want the same key. Returns how to take it away. */
export function addShortcut(shortcut: Shortcut): () => void {
  if (active.size === 0) document.addEventListener('keydown', onKeyDown);
  active.add(shortcut);
  return () => {
    active.delete(shortcut);
    if (active.size === 0) document.removeEventListener('keydown', onKeyDown);
  };
}
