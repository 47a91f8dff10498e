import 'server-only';
import { ClusterError } from './cluster-error';
import type { ClusterSession } from './session';

/** The name under which the API server records our writes in managedFields. */
export const FIELD_MANAGER = 'sidelight';
export const MERGE_PATCH = 'application/merge-patch+json';
export const JSON_PATCH = 'application/json-patch+json';
export const STRATEGIC_MERGE_PATCH = 'application/strategic-merge-patch+json';

/** Throws when this server was started read-only: nothing is sent then, whatever the user may do. */
export function assertWritable(session: ClusterSession): void {
  if (!session.isReadOnly) return;
  throw new ClusterError('forbidden', 'Sidelight runs read-only; start it without --read-only to change the cluster.');
}
