import 'server-only';
import type { KubeObject } from '@/lib/core/kube/object-types';
import type { Right } from './access';
import { ClusterError, isClusterError } from './cluster-error';
import { listPath } from './discovery';
import { isJson } from './json-fields';
import type { ClusterSession } from './session';
import { assertWritable, FIELD_MANAGER } from './write-rules';

/** What became of a pod that was only tried. `message` are the API server's own words. */
export type DryRunAnswer =
  | { readonly kind: 'accepted'; readonly pod: unknown }
  | { readonly kind: 'refused'; readonly message: string }
  /** Nobody refuses it, and yet no pod came of it: a webhook's patch that does not fit, or a fault of the API server. */
  | { readonly kind: 'failed'; readonly message: string };

/** What a dry run takes: it goes through the whole admission, so it needs the right to create. */
export function dryRunRight(namespace: string): Right {
  return { verb: 'create', group: '', resource: 'pods', namespace };
}

/**
 * Asks the API server what it would make of a pod, webhooks included; nothing is stored.
 *
 * Although nothing changes it is a create request, which calls every webhook: a read-only server refuses it.
 * Output: admission's refusal is an answer, and so is its failure. Throws a ClusterError for everything else, `forbidden` where the right is missing.
 */
export async function dryRunPod(
  session: ClusterSession,
  namespace: string,
  pod: KubeObject,
  signal?: AbortSignal,
): Promise<DryRunAnswer> {
  assertWritable(session);
  try {
    const made = await session.transport.requestJson({
      method: 'POST',
      path: listPath('', 'v1', 'pods', namespace),
      query: { dryRun: 'All', fieldManager: FIELD_MANAGER },
      body: pod,
      ...(signal === undefined ? {} : { signal }),
    });
    if (isJson(made)) return { kind: 'accepted', pod: made };
    throw new ClusterError('internal', 'The API server answered a dry run with something that is not a pod.');
  } catch (error) {
    if (!isClusterError(error) || error.said === undefined) throw error;
    if (isAdmissions(error)) return { kind: 'refused', message: error.said };
    if (error.status === 500) return { kind: 'failed', message: error.said };
    if (error.code === 'forbidden') session.access.forget();
    throw error;
  }
}

const NO_RIGHT = /cannot create resource "pods"/;

/** Whether the pod was turned away for what it is, and not the request for who sent it. */
function isAdmissions({ code, said = '' }: ClusterError): boolean {
  if (code === 'webhook-failed' || code === 'invalid') return true;
  return code === 'forbidden' && !NO_RIGHT.test(said);
}
