import type { Phrase } from '@/lib/core/phrase';
import type { InjectionAnswer } from './answer-injection';
import type { ControlPlane } from './list-control-planes';
import type { NamespaceContext } from './namespace-context';
import type { RenderingCheck } from './reality/rendering-check';
import { say } from './say';

export type HazardCode =
  | 'unreachable-fail'
  | 'unreachable-ignore'
  | 'would-be-refused'
  | 'two-configurations'
  | 'both-labels'
  | 'ambient-and-sidecar'
  | 'unknown-revision'
  | 'annotation-needs-label'
  | 'odd-switch'
  | 'pod-revision-ignored';

/** What may go wrong, or already has, beside the answer itself. */
export interface Hazard {
  readonly hazard: HazardCode;
  readonly severity: 'error' | 'warning' | 'notice';
  readonly because: Phrase;
}

interface HazardSources {
  readonly controlPlanes?: readonly ControlPlane[];
  readonly rendering?: RenderingCheck;
}

/** Hazards that the answer or the namespace's mode tell already, by the code of the phrase that does. */
const TOLD: Readonly<Record<string, Pick<Hazard, 'hazard' | 'severity'>>> = {
  'injection.note.two-configurations': { hazard: 'two-configurations', severity: 'error' },
  'injection.note.conflict': { hazard: 'both-labels', severity: 'warning' },
  'injection.note.conflict-off': { hazard: 'both-labels', severity: 'warning' },
  'injection.note.ambient-and-sidecar': { hazard: 'ambient-and-sidecar', severity: 'warning' },
  'injection.mode.unknown-revision': { hazard: 'unknown-revision', severity: 'warning' },
  'injection.pod.unknown-revision': { hazard: 'unknown-revision', severity: 'warning' },
  'injection.note.annotation-needs-label': { hazard: 'annotation-needs-label', severity: 'warning' },
  'injection.note.odd-switch': { hazard: 'odd-switch', severity: 'notice' },
  'injection.note.pod-revision-ignored': { hazard: 'pod-revision-ignored', severity: 'notice' },
};

const SEVERITIES: readonly Hazard['severity'][] = ['error', 'warning', 'notice'];

/**
 * Lists what may go wrong with a pod's injection beside its answer.
 *
 * Output: errors before warnings before notices, each hazard once; empty where there is none.
 */
export function listHazards(
  answer: InjectionAnswer,
  context: NamespaceContext,
  sources: HazardSources = {},
): readonly Hazard[] {
  const told = [answer.because, ...answer.notes, context.mode.because, ...context.mode.notes].flatMap((because) => {
    const known = TOLD[because.code];
    return known === undefined ? [] : [{ ...known, because }];
  });
  const all = [...foreseeUnreachable(answer, sources.controlPlanes ?? []), ...foreseeRefusal(answer, sources), ...told];
  const once = all.filter(({ hazard }, index) => all.findIndex((other) => other.hazard === hazard) === index);
  return once.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

/** Whether a phrase is told as a hazard, so that it need not be told as a note as well. */
export function isHazardPhrase({ code }: Phrase): boolean {
  return TOLD[code] !== undefined;
}

function foreseeUnreachable({ servedBy }: InjectionAnswer, planes: readonly ControlPlane[]): readonly Hazard[] {
  if (servedBy === undefined) return [];
  const configuration = planes
    .flatMap(({ webhookConfigurations }) => webhookConfigurations)
    .find(({ name }) => name === servedBy.configuration);
  if (configuration?.health !== 'down') return [];
  const { webhook } = servedBy;
  return configuration.failurePolicy === 'Fail'
    ? [{ hazard: 'unreachable-fail', severity: 'error', because: say('hazard.unreachable-fail', { webhook }) }]
    : [{ hazard: 'unreachable-ignore', severity: 'error', because: say('hazard.unreachable-ignore', { webhook }) }];
}

function foreseeRefusal({ refused = [] }: InjectionAnswer, { rendering }: HazardSources): readonly Hazard[] {
  const [because] = [...refused, ...(rendering?.kind === 'refused' ? rendering.reasons : [])];
  return because === undefined ? [] : [{ hazard: 'would-be-refused', severity: 'error', because }];
}
