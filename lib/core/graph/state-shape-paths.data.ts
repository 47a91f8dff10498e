import type { NodeState } from './graph-types';

const OUTLINE =
  '<rect x="1.75" y="1.75" width="8.5" height="8.5" rx="1.6" fill="none" stroke="currentColor" stroke-width="1.5"/>';
const OCTAGON = '<path d="M3.7.5h4.6l3.2 3.2v4.6l-3.2 3.2H3.7L.5 8.3V3.7Z" fill="currentColor"/>';

/** The shape of each state in a box of 12 by 12, as on screen; files carry it, since a style sheet does not travel. */
export const STATE_SHAPE_PATHS: Readonly<Record<NodeState, string>> = {
  injected: '<rect x="1" y="1" width="10" height="10" rx="2" fill="currentColor"/>',
  outdated:
    '<g stroke="currentColor" fill="none"><rect x="1.6" y="1.6" width="8.8" height="8.8" rx="1.6" stroke-width="1.2"/><path d="M1.8 6 6 1.8M2.2 9.8 9.8 2.2M6 10.2 10.2 6" stroke-width="1.5"/></g>',
  'not-injected': OUTLINE,
  ambient: '<circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="2.2"/>',
  unknown:
    '<g fill="currentColor"><circle cx="2.2" cy="6" r="1.3"/><circle cx="6" cy="6" r="1.3"/><circle cx="9.8" cy="6" r="1.3"/></g>',
  missing: '<path d="M6 .8 11.6 11H.4Z" fill="currentColor"/>',
  refused: OCTAGON,
  broken: OCTAGON,
  none: '',
};
