import 'server-only';
import type { AnswerMeta, MissingPart } from '@/lib/api/answer-parts';
import type { MissingKind } from '@/lib/cluster/kind-state';
import type { ClusterSession } from '@/lib/cluster/session';
import { WATCHED_KINDS } from '@/lib/cluster/watched-kinds.data';

/** Says how far an answer can be trusted: the state of the connection, and what could not be read. */
export function answerMeta(session: ClusterSession): AnswerMeta {
  const { store } = session;
  const { status, staleSince } = store.connection();
  return {
    cluster: session.contextName,
    status,
    ...(staleSince === undefined ? {} : { staleSince }),
    version: store.version,
    missing: store.missing().filter(isWorthTelling).map(toMissingPart),
  };
}

/** A cluster without Gateway API or Istio's kinds lacks nothing; one that forbids them does. */
function isWorthTelling({ state }: MissingKind): boolean {
  return state.reason !== 'absent';
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
