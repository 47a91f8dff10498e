import type { StringMap } from '@/lib/core/kube/object-types';
import type { NamespaceRecord } from '@/lib/core/kube/records';
import { DEFAULT_POLICY, decideInjection, type InjectorPolicy } from './decide-injection';
import { matchNamespace, type WebhookMatch } from './match-webhooks';
import type { InjectorConfig } from './parse-injector-config';
import type { InjectorWebhookConfiguration } from './parse-webhook-configurations';
import { type NamespaceMode, resolveNamespaceMode, withNameLabel } from './resolve-namespace-mode';
import { say } from './say';

/** What decides in a whole cluster, read once per snapshot. */
export interface InjectionFacts {
  /** Undefined when webhook configurations may not be read. */
  readonly configurations: readonly InjectorWebhookConfiguration[] | undefined;
  /** Settings of the injectors that could be read, by revision. */
  readonly injectors: ReadonlyMap<string, InjectorConfig>;
}

/** What decides about every pod of one namespace; made once per namespace and change of the facts. */
export interface NamespaceContext {
  readonly name: string;
  /** Undefined when the namespace may not be read. */
  readonly namespace: NamespaceRecord | undefined;
  /** Its labels; undefined when they may not be read, also where the name is known. */
  readonly labels: StringMap | undefined;
  readonly facts: InjectionFacts;
  readonly mode: NamespaceMode;
  /** Entries whose namespaceSelector picks the namespace. */
  readonly candidates: readonly WebhookMatch[];
}

export const NO_FACTS: InjectionFacts = { configurations: undefined, injectors: new Map() };

/** Gathers what decides about every pod of a namespace; a namespace whose labels may not be read has an unknown mode. */
export function buildNamespaceContext(
  name: string,
  namespace: NamespaceRecord | undefined,
  facts: InjectionFacts,
): NamespaceContext {
  const labels = namespace?.isNameOnly === true ? undefined : namespace?.labels;
  const isKnown = labels !== undefined && facts.configurations !== undefined;
  return {
    name,
    namespace,
    labels,
    facts,
    mode: withPolicy(resolveNamespaceMode({ name, labels }, facts.configurations), name, facts),
    candidates: isKnown ? matchNamespace(withNameLabel(name, labels), facts.configurations ?? []) : [],
  };
}

/** The policy of the injector behind a match, or the default one where its ConfigMap could not be read. */
export function policyOf(facts: InjectionFacts, revision: string): InjectorPolicy {
  return facts.injectors.get(revision) ?? DEFAULT_POLICY;
}

/** The webhooks of a namespace call an injector that injects no ordinary pod: its policy is off, or no word that it knows. */
function withPolicy(mode: NamespaceMode, namespace: string, facts: InjectionFacts): NamespaceMode {
  if (mode.kind !== 'sidecar' || mode.servedBy === null) return mode;
  const { revision } = mode.servedBy;
  const policy = policyOf(facts, revision);
  const decision = decideInjection({ namespace, hostNetwork: false, labels: {}, annotations: {} }, policy);
  if (decision.inject) return mode;
  const values = { label: mode.label || '–', revision, policy: policy.policy || '–' };
  return { ...mode, kind: 'off', servedBy: null, because: say('mode.policy-off', values) };
}
