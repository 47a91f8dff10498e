import type { StateName } from '@/components/shared/state-names';
import type { InjectedObject } from '@/lib/api/inject';

/** The shape and colour of an outcome: what would be is drawn as planned. */
export const OUTCOME_STATE: Readonly<Record<InjectedObject['outcome'], StateName>> = {
  injected: 'planned',
  skipped: 'not-injected',
  refused: 'refused',
  passed: 'unknown',
};

/** Two objects of one file may have the same name. */
export const objectKey = ({ number, objectKind, namespace, name }: InjectedObject, index: number): string =>
  [index, number, objectKind, namespace, name].join('/');
