import type { EventRecord, PodRecord, WorkloadRecord } from '@/lib/core/kube/records';
import type { Phrase } from '@/lib/core/phrase';
import { answerInjection, type InjectionAnswer } from './answer-injection';
import { classifyPod, isFinished, type PodVerdict } from './classify-pod';
import { addCounts, countStates, NO_PODS, worstState } from './count-states';
import type { NamespaceContext } from './namespace-context';
import { parseRefusal, type Refusal } from './parse-refusal';
import type { PodState, StateCounts } from './pod-states';
import type { RenderingCheck } from './reality/rendering-check';
import { templateOf, type Workload } from './resolve-workloads';
import { say } from './say';

export interface JudgedPod {
  readonly pod: PodRecord;
  readonly verdict: PodVerdict;
}

/** A workload's pods against what the cluster would make of them now. */
export interface WorkloadVerdict {
  readonly workload: Workload;
  readonly state: PodState;
  readonly because: Phrase;
  /** By state; `refused` counts the pods that are wanted and could not be created. Leaving pods are not counted. */
  readonly counts: StateCounts;
  /** Pods as they should be, of all that are wanted. */
  readonly asWanted: number;
  /** What becomes of its next pod; undefined when neither a template nor a pod is known. */
  readonly next: InjectionAnswer | undefined;
  /** Why its next pod would be refused, as far as that can be foreseen; absent where nothing is. */
  readonly nextRefused?: readonly Phrase[];
  readonly refusal: (Refusal & { readonly count: number; readonly at?: string }) | undefined;
  readonly revisions: readonly string[];
  readonly pods: readonly JudgedPod[];
}

/** What rendering has shown so far; undefined where it has not got there. */
export interface Renderings {
  /** `revision` is that of the injector that would be called now. */
  readonly ofPod: (pod: PodRecord, revision: string) => RenderingCheck | undefined;
  /** Of the next pod of a workload. */
  readonly ofNext: (workload: Workload, revision: string) => RenderingCheck | undefined;
}

const NOT_RENDERED: Renderings = { ofPod: () => undefined, ofNext: () => undefined };

const AS_WANTED: readonly PodState[] = ['injected', 'not-injected', 'ambient'];
const CREATION_FAILED = 'FailedCreate';

/**
 * Judges a workload by its pods, its own condition and the events of what owns them.
 *
 * Input: the workload with its pods; events of its namespace by the uid of the object they are about.
 * Output: the worst state of its pods; `refused` when pods are wanted that the API server will not create.
 * A complaint counts only while pods are lacking, so an event of yesterday does no harm.
 * Never throws.
 */
export function classifyWorkload(
  workload: Workload,
  context: NamespaceContext,
  eventsOf: ReadonlyMap<string, readonly EventRecord[]> = new Map(),
  renderings: Renderings = NOT_RENDERED,
): WorkloadVerdict {
  const template = templateOf(workload);
  const given = template === undefined ? {} : { template };
  const pods = workload.pods.map((pod) => ({
    pod,
    verdict: classifyPod(pod, context, { ...given, renderingBy: (revision) => renderings.ofPod(pod, revision) }),
  }));
  const refusal = findRefusal(workload, eventsOf);
  const standing = countStates(
    pods.filter(({ verdict }) => !verdict.isTerminating).map(({ verdict }) => verdict.state),
  );
  const refused = { ...NO_PODS, refused: refusal?.count ?? 0, total: refusal?.count ?? 0 };
  const counts = addCounts([standing, refused]);
  const [first] = workload.pods;
  const shape = template ?? first;
  const next = shape && answerInjection(shape, context);
  const rendered = next?.servedBy && renderings.ofNext(workload, next.servedBy.revision);
  const nextRefused = rendered?.kind === 'refused' ? rendered.reasons : (next?.refused ?? []);
  const state = counts.total === 0 ? stateWithoutPods(next) : worstState(counts);
  return {
    workload,
    state,
    because: explainState(state, pods, refusal, next),
    counts,
    asWanted: AS_WANTED.reduce((sum, wanted) => sum + counts[wanted], 0),
    next,
    ...(nextRefused.length === 0 ? {} : { nextRefused }),
    refusal,
    revisions: listRevisions(pods),
    pods,
  };
}

/** Events by the uid of the object that they are about; one pass for all workloads of a namespace. */
export function indexEvents(events: Iterable<EventRecord>): ReadonlyMap<string, readonly EventRecord[]> {
  const index = new Map<string, EventRecord[]>();
  for (const event of events) {
    const found = index.get(event.involved.uid);
    if (found === undefined) index.set(event.involved.uid, [event]);
    else found.push(event);
  }
  return index;
}

function listRevisions(pods: readonly JudgedPod[]): readonly string[] {
  return [...new Set(pods.flatMap(({ verdict }) => verdict.revision ?? []))].sort();
}

function stateWithoutPods(next: InjectionAnswer | undefined): PodState {
  return next?.kind === 'unknown' ? 'unknown' : 'not-injected';
}

function explainState(
  state: PodState,
  pods: readonly JudgedPod[],
  refusal: WorkloadVerdict['refusal'],
  next: InjectionAnswer | undefined,
): Phrase {
  if (state === 'refused' && refusal !== undefined) return refusal.because;
  const worst = pods.find(({ verdict }) => verdict.state === state && !verdict.isTerminating);
  if (worst !== undefined) return worst.verdict.because;
  if (next?.kind === 'yes') {
    return say('workload.next-gets-sidecar', { revision: next.servedBy?.revision ?? '–' });
  }
  return next?.because ?? say('workload.no-pods');
}

/** What wants pods and lacks some, with the reason that was given for it. */
function findRefusal(
  workload: Workload,
  eventsOf: ReadonlyMap<string, readonly EventRecord[]>,
): WorkloadVerdict['refusal'] {
  const { members, record } = workload;
  // A Deployment repeats what its ReplicaSets say, and lags behind; it speaks for itself only where they may not be read.
  const isRepeated = record?.kind === 'Deployment' && members.length > 0;
  const makers = record === undefined || isRepeated ? members : [...members, record];
  let count = 0;
  let said: { readonly message: string; readonly at?: string } | undefined;
  for (const maker of makers) {
    const lacking = countLacking(maker, workload);
    const complaint = lacking > 0 ? findComplaint(maker, eventsOf) : undefined;
    if (complaint === undefined) continue;
    count += lacking;
    said ??= complaint;
  }
  return said && { ...parseRefusal(said.message), count, ...(said.at !== undefined && { at: said.at }) };
}

function countLacking(maker: WorkloadRecord, workload: Workload): number {
  const isMakerItself = maker.kind !== 'Deployment' && maker.kind !== 'CronJob';
  const owned = workload.pods.filter(
    (pod) => pod.deletedAt === undefined && (isMakerItself ? pod.owner?.uid === maker.uid : true),
  );
  if (maker.kind === 'Job') return owned.length > 0 ? 0 : maker.replicas;
  const standing = owned.filter((pod) => !isFinished(pod)).length;
  const lacking = Math.max(0, maker.replicas - standing);
  // While a rollout is stuck the old pods fill the number, yet the new ones are lacking.
  return lacking === 0 && maker.kind === 'Deployment' && maker.failure?.reason === CREATION_FAILED ? 1 : lacking;
}

function findComplaint(
  maker: WorkloadRecord,
  eventsOf: ReadonlyMap<string, readonly EventRecord[]>,
): { readonly message: string; readonly at?: string } | undefined {
  const event = (eventsOf.get(maker.uid) ?? [])
    .filter(({ reason }) => reason === CREATION_FAILED)
    .reduce<EventRecord | undefined>(
      (last, next) => (last === undefined || next.lastSeen > last.lastSeen ? next : last),
      undefined,
    );
  if (maker.failure?.reason === CREATION_FAILED) {
    return { message: maker.failure.message, ...(event && { at: event.lastSeen }) };
  }
  // Kinds without such a condition speak only through events.
  const hasCondition =
    maker.kind === 'ReplicaSet' || maker.kind === 'ReplicationController' || maker.kind === 'Deployment';
  return event === undefined || hasCondition ? undefined : { message: event.message, at: event.lastSeen };
}
