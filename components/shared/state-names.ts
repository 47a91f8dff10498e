/** The states that a pod, a namespace or a node can be in, worst last; `planned` is a preview, not a fact. */
export const STATES = [
  'injected',
  'outdated',
  'not-injected',
  'ambient',
  'planned',
  'unknown',
  'missing',
  'refused',
] as const;
export type StateName = (typeof STATES)[number];

/** The colour of each state for drawings; text uses the classes of the same names. */
export const STATE_COLOR: Readonly<Record<StateName, string>> = {
  injected: 'var(--state-injected)',
  outdated: 'var(--state-outdated)',
  'not-injected': 'var(--state-off)',
  ambient: 'var(--state-ambient)',
  planned: 'var(--state-planned)',
  unknown: 'var(--state-unknown)',
  missing: 'var(--state-missing)',
  refused: 'var(--state-refused)',
};
