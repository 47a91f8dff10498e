import 'server-only';
import type { ClusterErrorCode } from './cluster-error';
import type { KindId } from './watched-kind';

type KindStatus = 'syncing' | 'live' | 'stale' | 'missing';
type KindProblem = ClusterErrorCode | 'absent';

/** How far the snapshot can be trusted about one kind. */
export interface KindState {
  /** `missing`: forbidden or not in this cluster, tried again now and then; the rest of the snapshot is unaffected. */
  readonly status: KindStatus;
  /** When the status began, ISO 8601. */
  readonly since: string;
  readonly reason?: KindProblem;
  /** The right that is lacking, e.g. `list pods`. */
  readonly right?: string;
  /** With `missing`: the namespaces that can be read nevertheless; their records are in the snapshot. */
  readonly namespaces?: readonly string[];
  /** Since when what is known of this kind may be out of date, whatever the status. */
  readonly staleSince?: string;
  /** The last failure as a sentence, for the log and the diagnostics page. */
  readonly message?: string;
}

export interface MissingKind {
  readonly id: KindId;
  readonly state: KindState;
}

/** What keeps the snapshot from being current: nobody answers, the user is refused, the server's certificate is, or else. */
type ConnectionProblem = 'unreachable' | 'unauthorized' | 'untrusted' | 'failing';

/** The whole connection, in one word. */
export interface ConnectionState {
  /** `syncing` until every kind was listed once or has said why it cannot be. */
  readonly status: 'syncing' | 'live' | 'stale';
  readonly staleSince?: string;
  readonly problem?: ConnectionProblem;
}

/** Sums the kinds up. A kind that never synced but said why does not hold back the rest. */
export function toConnectionState(states: readonly KindState[]): ConnectionState {
  const staleSince = states
    .map((state) => state.staleSince)
    .filter((since) => since !== undefined)
    .sort()[0];
  const hasAny = states.some((state) => state.status !== 'syncing');
  const problem = worstProblem(states.filter((state) => state.staleSince !== undefined || !hasAny));
  if (!hasAny || states.some((state) => state.status === 'syncing' && state.reason === undefined)) {
    return {
      status: 'syncing',
      ...(staleSince === undefined ? {} : { staleSince }),
      ...(problem === undefined ? {} : { problem }),
    };
  }
  if (staleSince === undefined) return { status: 'live' };
  return { status: 'stale', staleSince, ...(problem === undefined ? {} : { problem }) };
}

const PROBLEM_OF: Readonly<Partial<Record<KindProblem, ConnectionProblem>>> = {
  unauthorized: 'unauthorized',
  untrusted: 'untrusted',
  unreachable: 'unreachable',
  timeout: 'unreachable',
};

/** What a person has to mend first; a refusal says more than silence. */
const WORST_FIRST: readonly ConnectionProblem[] = ['untrusted', 'unauthorized', 'unreachable', 'failing'];

function worstProblem(states: readonly KindState[]): ConnectionProblem | undefined {
  const found = new Set(
    states.map(({ reason }) => (reason === undefined ? undefined : (PROBLEM_OF[reason] ?? 'failing'))),
  );
  return WORST_FIRST.find((problem) => found.has(problem));
}
