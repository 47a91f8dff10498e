import { isFinished } from '@/lib/core/injection/classify-pod';
import type { ServingWebhook } from '@/lib/core/injection/match-webhooks';
import type { Phrase } from '@/lib/core/phrase';
import type { PodRequests } from '@/lib/core/pod/pod-requests';
import { changeOf, foreseeChange, judgeChange, needsRendering, type WorkloadDraft } from './draft-workload';
import { NO_REQUESTS, toAmounts } from './forecast-pod';
import type {
  Amounts,
  ArrivingContainer,
  PlannedChange,
  PodForecast,
  PreviewRefusal,
  RestartWay,
} from './preview-types';

/** One workload, as its next pods would be. */
export interface PreviewRow {
  readonly kind: string;
  readonly name: string;
  readonly pods: number;
  readonly becomes: PlannedChange;
  readonly because: Phrase;
  readonly restart: RestartWay;
  readonly rendering: 'rendered' | 'not-needed' | 'not-possible';
  /** Why it is not possible. */
  readonly problem?: Phrase;
  readonly servedBy?: ServingWebhook;
  readonly containers: readonly ArrivingContainer[];
  readonly requests?: {
    readonly perPod: Amounts;
    readonly replicas: number;
    readonly total: Amounts;
    /** Of the total, what is not requested yet. */
    readonly adds: Amounts;
  };
  readonly warnings: readonly Phrase[];
  readonly refusals: readonly PreviewRefusal[];
}

/** A row, and what it adds to the sums. */
export interface CountedRow {
  readonly row: PreviewRow;
  readonly total: PodRequests;
  readonly adds: PodRequests;
}

/** What rendering ended with: the engine's forecast, or why there is none. */
export type RenderingEnd = { readonly forecast: PodForecast } | { readonly problem: Phrase };

/**
 * Builds the row of a workload from its draft and what the engine made of its next pod.
 *
 * Output: without a rendering the row is what the draft says; a refused workload requests nothing, since none of its pods comes.
 */
export function buildPreviewRow(draft: WorkloadDraft, end?: RenderingEnd): CountedRow {
  const { verdict, answer } = draft;
  const { kind, name } = verdict.workload;
  const base = {
    kind,
    name,
    pods: verdict.counts.total,
    restart: draft.restart,
    ...(answer?.servedBy && { servedBy: answer.servedBy }),
  };
  if (end !== undefined && 'forecast' in end) return fromForecast(draft, base, end.forecast);
  const isLacking = needsRendering(draft) || answer?.kind === 'unknown';
  const problem = end?.problem ?? (isLacking ? answer?.because : undefined);
  const row: PreviewRow = {
    ...base,
    ...foreseeChange(draft),
    rendering: isLacking ? 'not-possible' : 'not-needed',
    ...(isLacking && problem && { problem }),
    containers: [],
    warnings: [],
  };
  return { row, total: NO_REQUESTS, adds: NO_REQUESTS };
}

type Base = Pick<PreviewRow, 'kind' | 'name' | 'pods' | 'restart' | 'servedBy'>;

function fromForecast(draft: WorkloadDraft, base: Base, forecast: PodForecast): CountedRow {
  const isInjected = forecast.outcome !== 'skipped';
  const refusals = isInjected ? mergeRefusals(draft.refusals, forecast.refusals) : [];
  const because = isInjected ? draft.answer?.because : forecast.because;
  const outcome = judgeChange(draft, refusals, changeOf(draft, isInjected), because);
  const row: PreviewRow = {
    ...base,
    ...outcome,
    rendering: 'rendered',
    containers: forecast.containers,
    warnings: [...(draft.answer?.notes ?? []), ...forecast.warnings],
    refusals,
  };
  if (forecast.outcome !== 'injected' || outcome.becomes === 'refused') {
    return { row, total: NO_REQUESTS, adds: NO_REQUESTS };
  }
  const replicas = replicasOf(draft, forecast);
  const total = times(forecast.perPod, replicas);
  const adds = times(forecast.perPod, Math.max(replicas - draft.withSidecar, 0));
  const requests = { perPod: toAmounts(forecast.perPod), replicas, total: toAmounts(total), adds: toAmounts(adds) };
  return { row: { ...row, requests }, total, adds };
}

/** Who cannot be reached refuses nothing by content; what stands now is told only where rendering finds no reason. */
function mergeRefusals(
  known: readonly PreviewRefusal[],
  rendered: readonly PreviewRefusal[],
): readonly PreviewRefusal[] {
  const unreachable = known.filter(({ by }) => by === 'unreachable-webhook');
  if (unreachable.length > 0) return unreachable;
  return rendered.length > 0 ? rendered : known;
}

/** As many pods as are wanted: what a Job or a run starts, what a controller keeps, or what is there. */
function replicasOf({ verdict }: WorkloadDraft, { parallelism }: PodForecast): number {
  const { workload, pods } = verdict;
  return parallelism ?? workload.record?.replicas ?? pods.filter(({ pod }) => !isFinished(pod)).length;
}

function times({ cpuCores, memoryBytes }: PodRequests, count: number): PodRequests {
  return { cpuCores: cpuCores * count, memoryBytes: memoryBytes * count };
}
