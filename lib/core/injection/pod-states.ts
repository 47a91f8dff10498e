/** The states of a pod, worst last in `STATE_ORDER`; `unknown` where what decides it cannot be read. */
export const POD_STATES = ['injected', 'outdated', 'not-injected', 'missing', 'refused', 'ambient', 'unknown'] as const;

export type PodState = (typeof POD_STATES)[number];

export type StateCounts = Readonly<Record<PodState, number>> & { readonly total: number };

/** From what needs nobody to what needs somebody first. */
export const STATE_ORDER: readonly PodState[] = [
  'not-injected',
  'ambient',
  'injected',
  'unknown',
  'outdated',
  'missing',
  'refused',
];
