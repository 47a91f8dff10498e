import { answerInjection, type InjectionAnswer } from '@/lib/core/injection/answer-injection';
import { hasSidecar, isFinished } from '@/lib/core/injection/classify-pod';
import type { WorkloadVerdict } from '@/lib/core/injection/classify-workload';
import { isUnreachable } from '@/lib/core/injection/is-unreachable';
import type { ControlPlane } from '@/lib/core/injection/list-control-planes';
import type { NamespaceContext } from '@/lib/core/injection/namespace-context';
import { templateOf } from '@/lib/core/injection/resolve-workloads';
import { say } from '@/lib/core/injection/say';
import { isRolloutKind } from '@/lib/core/kube/rollout-kinds';
import type { Phrase } from '@/lib/core/phrase';
import type { PlannedChange, PreviewRefusal, RestartWay } from './preview-types';

/** What is known of a workload's next pods before any of them is rendered. */
export interface WorkloadDraft {
  /** Without the pods that leave. */
  readonly verdict: WorkloadVerdict;
  readonly restart: RestartWay;
  /** Pods that have a sidecar now, finished ones left out. */
  readonly withSidecar: number;
  /** Settled, whatever a rendering would say. */
  readonly settled?: { readonly becomes: PlannedChange; readonly because: Phrase };
  readonly answer?: InjectionAnswer;
  /** The sidecar is part of the template. */
  readonly isByHand: boolean;
  /** What turns its pods away without regard to what they are. */
  readonly refusals: readonly PreviewRefusal[];
  /** What the injector's settings alone say against it; a rendering knows better. */
  readonly foreseen: readonly PreviewRefusal[];
}

/**
 * Drafts what becomes of a workload at its next restart in a namespace as given.
 *
 * Output: everything that labels, webhooks and what stands now decide; whether it is to be rendered, `needsRendering` says.
 */
export function draftWorkload(
  judged: WorkloadVerdict,
  after: NamespaceContext,
  planes: readonly ControlPlane[],
): WorkloadDraft {
  const verdict = { ...judged, pods: judged.pods.filter((pod) => !pod.verdict.isTerminating) };
  const { workload, pods } = verdict;
  const restart = restartWay(verdict);
  const withSidecar = pods.filter(({ pod }) => hasSidecar(pod) && !isFinished(pod)).length;
  const isByHand = pods.some(({ verdict: { reason } }) => reason === 'manual');
  const base = { verdict, restart, withSidecar, isByHand, refusals: [], foreseen: [] };
  const shape = templateOf(workload) ?? workload.pods[0];
  if (shape === undefined) return { ...base, settled: { becomes: 'unknown', because: say('plan.no-template') } };
  if (restart === 'none') {
    const becomes = pods.some(({ pod }) => hasSidecar(pod)) ? 'keeps' : 'stays-without';
    return { ...base, settled: { becomes, because: say('plan.finished') } };
  }
  const answer = answerInjection(shape, after);
  if (answer.kind !== 'yes') return { ...base, answer };
  const foreseen = (answer.refused ?? []).map((because) => ({ by: 'injector' as const, because }));
  return { ...base, answer, refusals: listRefusals(verdict, answer, planes), foreseen };
}

/** Whether the engine has to say what becomes of it. */
export function needsRendering({ settled, answer }: WorkloadDraft): boolean {
  return settled === undefined && answer?.kind === 'yes';
}

/**
 * What becomes of a workload, by its answer or by the engine's, where that declined.
 *
 * Output: never `refused`; who refuses is told beside it.
 */
export function changeOf(draft: WorkloadDraft, isInjected = draft.answer?.kind === 'yes'): PlannedChange {
  const { verdict, answer, withSidecar, settled } = draft;
  if (settled !== undefined) return settled.becomes;
  if (draft.isByHand) return 'keeps';
  if (answer === undefined || answer.kind === 'unknown') return 'unknown';
  const before = verdict.next?.kind === 'yes';
  const standing = verdict.pods.filter(({ pod }) => !isFinished(pod)).length;
  const had = standing > 0 ? withSidecar > 0 : before;
  if (!isInjected) return had ? 'loses' : 'stays-without';
  if (standing > 0 ? withSidecar < standing : !before) return 'gains';
  const wanted = answer.servedBy?.revision ?? '';
  const revisions = standing > 0 ? verdict.revisions : [verdict.next?.servedBy?.revision ?? wanted];
  return revisions.some((revision) => revision !== wanted) ? 'changes-revision' : 'keeps';
}

/** What becomes of a workload as far as it is known without rendering, and why. */
export function foreseeChange(draft: WorkloadDraft): {
  readonly becomes: PlannedChange;
  readonly because: Phrase;
  readonly refusals: readonly PreviewRefusal[];
} {
  const refusals = draft.refusals.length > 0 ? draft.refusals : draft.foreseen;
  return { ...judgeChange(draft, refusals, changeOf(draft), draft.answer?.because), refusals };
}

/** The word for what becomes of it, once everybody who may refuse was heard. */
export function judgeChange(
  draft: WorkloadDraft,
  [first]: readonly PreviewRefusal[],
  becomes: PlannedChange,
  because: Phrase | undefined,
): { readonly becomes: PlannedChange; readonly because: Phrase } {
  if (draft.settled !== undefined) return draft.settled;
  if (first !== undefined) return { becomes: 'refused', because: first.because };
  if (draft.isByHand) return { becomes, because: say('pod.injected-by-hand') };
  return { becomes, because: because ?? say('plan.no-template') };
}

/** A refusal that stands stays, unless it has nothing to do with injection. */
function listRefusals(
  verdict: WorkloadVerdict,
  answer: InjectionAnswer,
  planes: readonly ControlPlane[],
): readonly PreviewRefusal[] {
  const { servedBy } = answer;
  if (servedBy !== undefined && isUnreachable(servedBy.configuration, planes)) {
    return [{ by: 'unreachable-webhook', because: say('plan.refused-unreachable', { webhook: servedBy.webhook }) }];
  }
  const { refusal, next } = verdict;
  const isSame = next?.kind === 'yes' && next.servedBy?.revision === servedBy?.revision;
  if (refusal?.concernsInjection !== 'yes' || !isSame) return [];
  return [{ by: 'now', because: refusal.because, text: refusal.message }];
}

function restartWay({ workload }: WorkloadVerdict): RestartWay {
  const { kind, record, pods } = workload;
  if (isRolloutKind(kind)) return record === undefined ? 'none' : 'rollout';
  if (kind === 'CronJob') return 'next-run';
  return pods.length > 0 && pods.every(isFinished) ? 'none' : 'recreate';
}
