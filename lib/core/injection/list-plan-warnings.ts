import { DATAPLANE_MODE_LABEL, INJECTION_LABEL, REVISION_LABEL, SYSTEM_NAMESPACES } from '@/lib/core/kube/names';
import type { Phrase } from '@/lib/core/phrase';
import type { InjectionAction, LabelChangePlan } from './change-namespace-labels';
import { isUnreachable } from './is-unreachable';
import type { ControlPlane } from './list-control-planes';
import { listEnableTargets } from './list-enable-targets';
import type { NamespaceContext } from './namespace-context';
import type { PlannedWorkload } from './plan-injection-change';
import { listOf, say } from './say';

export interface PlanWarning {
  readonly severity: 'error' | 'warning' | 'notice';
  readonly text: Phrase;
}

interface PlanSources {
  readonly before: NamespaceContext;
  readonly after: NamespaceContext;
  readonly labels: LabelChangePlan;
  readonly action: InjectionAction;
  readonly controlPlanes: readonly ControlPlane[];
  readonly rows: readonly PlannedWorkload[];
}

/** What a person should know before a namespace is switched, errors first. */
export function listPlanWarnings(sources: PlanSources): readonly PlanWarning[] {
  const { before, after, labels } = sources;
  if (before.labels === undefined) return [error(say('mode.labels-unreadable', { namespace: before.name }))];
  if (before.facts.configurations === undefined) return [error(say('mode.webhooks-unreadable'))];
  return [
    ...warnOfSilence(sources),
    ...warnOfReach(sources),
    ...warnOfRefusals(sources),
    ...warnOfLeftover(sources),
    ...after.mode.notes.map(warning),
    ...warnOfRemoval(labels, sources.action),
    ...warnOfAmbient(sources),
    ...warnOfGitops(before),
  ];
}

const error = (text: Phrase): PlanWarning => ({ severity: 'error', text });
const warning = (text: Phrase): PlanWarning => ({ severity: 'warning', text });
const notice = (text: Phrase): PlanWarning => ({ severity: 'notice', text });

/** Switched on, and still nobody answers. */
function warnOfSilence({ after, action }: PlanSources): readonly PlanWarning[] {
  if (action.kind !== 'enable' || after.mode.kind === 'sidecar') return [];
  if (SYSTEM_NAMESPACES.has(after.name)) return [error(say('mode.system-namespace', { namespace: after.name }))];
  const known = listEnableTargets(after.facts.configurations ?? []).map(({ key, value }) => `${key}=${value}`);
  const label = action.revision === undefined ? `${INJECTION_LABEL}=enabled` : `${REVISION_LABEL}=${action.revision}`;
  return [error(say('plan.nobody-answers', { label, known: listOf(known) || '–' }))];
}

function warnOfReach({ after, controlPlanes }: PlanSources): readonly PlanWarning[] {
  const { servedBy } = after.mode;
  if (servedBy === null) return [];
  const { configuration, revision } = servedBy;
  if (isUnreachable(configuration, controlPlanes)) return [error(say('plan.unreachable', { configuration, revision }))];
  const plane = controlPlanes.find((known) => known.revision === revision);
  const isWeak = plane?.health === 'degraded' || plane?.health === 'down';
  return plane !== undefined && isWeak ? [warning(plane.because)] : [];
}

function warnOfRefusals({ rows }: PlanSources): readonly PlanWarning[] {
  const count = rows.filter(({ becomes }) => becomes === 'refused').length;
  return count === 0 ? [] : [error(say('plan.some-refused', { count }))];
}

/** Switched off, and yet somebody goes on injecting. */
function warnOfLeftover({ after, action, rows }: PlanSources): readonly PlanWarning[] {
  if (action.kind === 'enable') return [];
  const { servedBy } = after.mode;
  if (servedBy !== null) return [warning(say('plan.still-injected', { configuration: servedBy.configuration }))];
  const count = rows.filter(({ becomes }) => becomes === 'keeps' || becomes === 'gains').length;
  return count === 0 ? [] : [notice(say('plan.ask-themselves', { count }))];
}

function warnOfRemoval({ patch, before }: LabelChangePlan, action: InjectionAction): readonly PlanWarning[] {
  if (action.kind === 'unset') return [];
  return Object.entries(patch).flatMap(([key, value]) =>
    value === null ? [notice(say('plan.removes-label', { label: `${key}=${before[key] ?? ''}` }))] : [],
  );
}

function warnOfAmbient({ before, after }: PlanSources): readonly PlanWarning[] {
  if (before.labels?.[DATAPLANE_MODE_LABEL] !== 'ambient') return [];
  return [notice(say(after.mode.kind === 'sidecar' ? 'plan.leaves-ambient' : 'plan.stays-ambient'))];
}

function warnOfGitops({ namespace }: NamespaceContext): readonly PlanWarning[] {
  const manager = namespace?.managedBy;
  return manager === undefined ? [] : [warning(say('plan.gitops', { manager }))];
}
