import 'server-only';
import type { AnswerMeta, MissingPart } from '@/lib/api/answer-parts';
import type { KindState, MissingKind } from '@/lib/cluster/kind-state';
import type { ClusterSession } from '@/lib/cluster/session';
import { WATCHED_KINDS } from '@/lib/cluster/watched-kinds.data';

/**
 * Says how far an answer can be trusted: the state of the connection, and what could not be read. An answer about one
 * namespace lacks nothing that can be read there.
 */
export function answerMeta(session: ClusterSession, namespace?: string): AnswerMeta {
  const { store } = session;
  const { status, staleSince, problem } = store.connection();
  return {
    cluster: session.contextName,
    status,
    ...(staleSince === undefined ? {} : { staleSince }),
    ...(problem === undefined ? {} : { problem }),
    version: store.version,
    missing: store
      .missing()
      .filter((missing) => isWorthTelling(missing) && !isReadIn(missing.state, namespace))
      .map(toMissingPart),
  };
}

/** A cluster without Gateway API or Istio's kinds lacks nothing; one that forbids them does. */
function isWorthTelling({ state }: MissingKind): boolean {
  return state.reason !== 'absent';
}

/** Whether a kind that is not read in the whole cluster is read in this namespace. */
export function isReadIn(state: KindState, namespace: string | undefined): boolean {
  return state.status !== 'missing' || (namespace !== undefined && (state.namespaces?.includes(namespace) ?? false));
}

function toMissingPart({ id, state }: MissingKind): MissingPart {
  const { plural } = WATCHED_KINDS[id];
  const reason = state.reason === 'forbidden' ? 'forbidden' : 'unreachable';
  return {
    resource: id,
    reason,
    right: state.right ?? `list ${plural}`,
    ...(state.namespaces === undefined ? {} : { namespaces: [...state.namespaces] }),
  };
}
