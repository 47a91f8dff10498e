import { INJECT_KEY, INJECTION_LABEL, REVISION_LABEL } from '@/lib/core/kube/names';
import type { ObjectRecord } from '@/lib/core/kube/records';
import type { Phrase } from '@/lib/core/phrase';
import type { InjectionAnswer } from './answer-injection';
import type { NamespaceContext } from './namespace-context';
import type { PodState } from './pod-states';
import { listServedValues } from './resolve-namespace-mode';
import { listOf, say } from './say';

export type RemedyAction =
  | 'restart-workload'
  | 'recreate-pod'
  | 'enable-namespace'
  | 'fix-namespace-label'
  | 'remove-namespace-label'
  | 'remove-pod-label'
  | 'fix-pod-label'
  | 'set-pod-label'
  | 'remove-annotation'
  | 'leave-host-network'
  | 'edit-injector-policy'
  | 'repair-control-plane'
  | 'edit-webhook'
  | 'install-injector'
  | 'fix-annotation'
  | 'fix-template'
  | 'use-cni'
  | 'raise-quota'
  | 'raise-limit'
  | 'create-service-account'
  | 'ask-for-rights'
  | 'none';

/** What would change the answer. */
export interface Remedy {
  readonly action: RemedyAction;
  readonly text: Phrase;
}

/** What a person can do about a pod's state, the nearest step first; empty where nothing stands against what is wanted. */
export function listRemedies(
  state: PodState,
  answer: InjectionAnswer,
  pod: Pick<ObjectRecord, 'owner' | 'labels'>,
  context: NamespaceContext,
): readonly Remedy[] {
  switch (state) {
    case 'missing':
    case 'outdated':
      return [restart(pod)];
    case 'unknown':
      return [{ action: 'ask-for-rights', text: say('remedy.ask-for-rights') }];
    case 'not-injected':
      return answer.kind === 'no' ? thenRestart(turnOn(answer, pod, context), pod) : [];
    case 'injected':
    case 'ambient':
    case 'refused':
      return [];
  }
}

/** Only what was changed needs a restart to take effect. */
function thenRestart(steps: readonly Remedy[], pod: Pick<ObjectRecord, 'owner'>): readonly Remedy[] {
  return steps.every(({ action }) => action === 'none') ? steps : [...steps, restart(pod)];
}

function restart(pod: Pick<ObjectRecord, 'owner'>): Remedy {
  return pod.owner === undefined
    ? { action: 'recreate-pod', text: say('remedy.recreate-pod') }
    : { action: 'restart-workload', text: say('remedy.restart-workload') };
}

function turnOn(
  answer: InjectionAnswer,
  pod: Pick<ObjectRecord, 'labels'>,
  context: NamespaceContext,
): readonly Remedy[] {
  const label = `${INJECT_KEY}=${pod.labels[INJECT_KEY] ?? ''}`;
  switch (answer.rule) {
    case 'pod-label':
    case 'label':
      return [{ action: 'remove-pod-label', text: say('remedy.remove-pod-label', { label }) }];
    case 'annotation':
      return [{ action: 'remove-annotation', text: say('remedy.remove-annotation', { annotation: INJECT_KEY }) }];
    case 'host-network':
      return [{ action: 'leave-host-network', text: say('remedy.leave-host-network') }];
    case 'never-selector':
    case 'always-selector':
    case 'policy':
      return [
        { action: 'set-pod-label', text: say('remedy.set-pod-label', { label: `${INJECT_KEY}=true` }) },
        { action: 'edit-injector-policy', text: say('remedy.edit-injector-policy') },
      ];
    case 'policy-illegal':
      return [{ action: 'edit-injector-policy', text: say('remedy.edit-injector-policy') }];
    case 'unknown-revision': {
      const known = listOf(listServedValues(REVISION_LABEL, context.facts.configurations ?? [])) || '–';
      return [{ action: 'fix-pod-label', text: say('remedy.fix-pod-label', { key: REVISION_LABEL, known }) }];
    }
    case 'namespace':
    case 'namespace-blocks':
      return remedyOfNamespace(context);
    case 'system-namespace':
      return [{ action: 'none', text: say('remedy.none-in-system-namespace') }];
    case 'condition-false':
    case 'condition-fault':
      return [
        { action: 'edit-webhook', text: say('remedy.edit-webhook', { webhook: answer.servedBy?.webhook ?? '' }) },
      ];
    case 'conditions':
    case 'unreadable':
      return [{ action: 'ask-for-rights', text: say('remedy.ask-for-rights') }];
  }
}

const POLICY_OFF = 'injection.mode.policy-off';

/** What makes a namespace inject that does not. */
export function remedyOfNamespace(context: NamespaceContext): readonly Remedy[] {
  const configurations = context.facts.configurations ?? [];
  if (configurations.length === 0) return [{ action: 'install-injector', text: say('remedy.install-injector') }];
  const { label, because } = context.mode;
  if (because.code === POLICY_OFF)
    return [{ action: 'edit-injector-policy', text: say('remedy.edit-injector-policy') }];
  if (label === '' || context.mode.kind === 'ambient') {
    return [{ action: 'enable-namespace', text: say('remedy.enable-namespace') }];
  }
  const key = label.slice(0, label.indexOf('='));
  const known = listOf(listServedValues(key, configurations)) || '–';
  const isSwitchedOff = key === INJECTION_LABEL && label.endsWith('=disabled');
  return isSwitchedOff
    ? [{ action: 'enable-namespace', text: say('remedy.enable-namespace') }]
    : [{ action: 'fix-namespace-label', text: say('remedy.fix-namespace-label', { label, known }) }];
}
