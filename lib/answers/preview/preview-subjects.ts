import 'server-only';
import { isClusterError } from '@/lib/cluster/cluster-error';
import { readMakers } from '@/lib/cluster/read-makers';
import type { ClusterSession } from '@/lib/cluster/session';
import type { KindId } from '@/lib/cluster/watched-kind';
import { KIND_IDS, WATCHED_KINDS } from '@/lib/cluster/watched-kinds.data';
import { needsRendering, type WorkloadDraft } from '@/lib/core/injection/preview/draft-workload';
import { type PreviewSubject, tell } from '@/lib/core/injection/preview/preview-types';
import type { Workload } from '@/lib/core/injection/resolve-workloads';
import type { Phrase } from '@/lib/core/phrase';

export type ReadSubject =
  | { readonly subject: PreviewSubject; readonly revision: string }
  | { readonly problem: Phrase };

/** Gives the subject of a draft that needs rendering; reads it when it is asked for. */
export type SubjectReader = (draft: WorkloadDraft) => Promise<ReadSubject>;

interface Maker {
  readonly id: KindId;
  readonly kind: string;
  readonly name: string;
}

/**
 * Reads what makes the pods of drafts, whole: a kind at a time, when the first draft of that kind is asked for.
 *
 * One that cannot be read is told, not an error.
 */
export function openSubjects(
  session: ClusterSession,
  namespace: string,
  drafts: readonly WorkloadDraft[],
  signal: AbortSignal,
): SubjectReader {
  const makers = new Map(drafts.filter(needsRendering).map((draft) => [draft, makerOf(draft.verdict.workload)]));
  const lists = new Map<KindId, Promise<ReadonlyMap<string, string>>>();
  const listOf = (id: KindId) => {
    const known = lists.get(id);
    if (known !== undefined) return known;
    const names = [...makers.values()].flatMap((maker) => (maker?.id === id ? [maker.name] : []));
    const list = readMakers(session, id, namespace, names, signal);
    lists.set(id, list);
    return list;
  };
  return async (draft) => {
    const { kind, name } = draft.verdict.workload;
    const maker = makers.get(draft);
    const match = draft.answer?.matches.find(({ isUncertain }) => !isUncertain);
    if (maker === undefined || match === undefined) return { problem: tell('no-template', { kind, name, detail: '' }) };
    try {
      const object = (await listOf(maker.id)).get(maker.name);
      if (object === undefined) return { problem: tell('no-template', { kind, name, detail: GONE }) };
      const subject = { kind: maker.kind, name: maker.name, object, webhook: match.webhook.target };
      return { subject, revision: match.configuration.revision };
    } catch (error) {
      if (!isClusterError(error) || signal.aborted) throw error;
      return { problem: tell('no-template', { kind, name, detail: error.message }) };
    }
  };
}

const GONE = 'not found';

/** The object whose template makes the next pod; a pod where only that is known. */
function makerOf({ kind, name, record, members, pods }: Workload): Maker | undefined {
  if (record !== undefined) return toMaker(kind, name);
  const member = members.at(-1);
  if (member !== undefined) return toMaker(member.kind, member.name);
  const [pod] = pods;
  return pod && toMaker('Pod', pod.name);
}

function toMaker(kind: string, name: string): Maker | undefined {
  const id = KIND_IDS.find((each) => WATCHED_KINDS[each].kind === kind);
  return id && { id, kind, name };
}
