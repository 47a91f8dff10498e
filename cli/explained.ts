import type { InjectionAnswer } from '@/lib/core/injection/answer-injection';
import type { Gate } from '@/lib/core/injection/explain-pod';
import type { Hazard } from '@/lib/core/injection/list-hazards';
import type { Remedy } from '@/lib/core/injection/list-remedies';
import type { ServingWebhook } from '@/lib/core/injection/match-webhooks';
import type { RenderingCheck } from '@/lib/core/injection/reality/rendering-check';
import type { Phrase } from '@/lib/core/phrase';

export type Decision = 'injected' | 'not-injected' | 'refused' | 'unknown';

/** One object with its verdict: what becomes of a pod that is made of it now. */
export interface Explained {
  /** The file it stands in; absent for an object of a cluster. */
  readonly file?: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly decision: Decision;
  readonly because: Phrase;
  readonly servedBy?: ServingWebhook;
  /** Of what runs, and why. */
  readonly state?: string;
  readonly standing?: Phrase;
  /** Of a workload: pods as they should be, of all. */
  readonly pods?: { readonly asWanted: number; readonly total: number };
  /** Told in two lines: one of many that were asked for together. */
  readonly isBrief?: true;
  readonly gates: readonly Gate[];
  readonly hazards: readonly Hazard[];
  readonly remedies: readonly Remedy[];
  readonly rendering?: RenderingCheck;
}

/** Whether the pod would be injected, refused for it, or left alone. */
export function decide(answer: InjectionAnswer, rendering: RenderingCheck | undefined, isRefused = false): Decision {
  if (answer.rule === 'condition-fault') return 'refused';
  if (answer.kind !== 'yes') return answer.kind === 'no' ? 'not-injected' : 'unknown';
  return isRefused || answer.refused !== undefined || rendering?.kind === 'refused' ? 'refused' : 'injected';
}

/** The settling sentence: of a refusal where there is one. */
export function settleBecause(answer: InjectionAnswer, rendering: RenderingCheck | undefined): Phrase {
  const reasons = [...(answer.refused ?? []), ...(rendering?.kind === 'refused' ? rendering.reasons : [])];
  return reasons[0] ?? answer.because;
}
