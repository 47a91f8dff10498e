import type { StateName } from '@/components/shared/state-names';
import type { PlaneHealth } from '@/lib/api/control-planes';

/** The state whose shape and colour a control plane's health borrows. */
export const HEALTH_STATE: Readonly<Record<PlaneHealth, StateName>> = {
  serving: 'injected',
  degraded: 'missing',
  down: 'refused',
  absent: 'refused',
  external: 'not-injected',
  unknown: 'unknown',
};

export const isBroken = (health: PlaneHealth): boolean => health === 'down' || health === 'absent';

/** Where a control plane's own words stand on the page. */
export const planeAnchor = (revision: string): string => `plane-${revision}`;
