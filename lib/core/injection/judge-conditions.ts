import { type CelVariables, evaluateCel, PartialMap } from '@/lib/core/kube/evaluate-cel';
import type { StringMap } from '@/lib/core/kube/object-types';
import type { MatchCondition } from './parse-webhook-configurations';

/** What is known of a pod when it asks to be created; conditions that ask for more have no answer. */
export interface PodSubject {
  readonly labels: StringMap;
  readonly namespace?: string;
  readonly hostNetwork?: boolean;
  /** The annotations that are known; there may be others. */
  readonly annotations?: StringMap;
  readonly serviceAccount?: string;
  /** The whole object, where it was read. */
  readonly object?: unknown;
}

export type ConditionsOutcome =
  | { readonly kind: 'hold' }
  /** Which one is false. */
  | { readonly kind: 'fail'; readonly name: string }
  | { readonly kind: 'unknown'; readonly name: string }
  /** The expression has no value for this pod. */
  | { readonly kind: 'fault'; readonly name: string; readonly message: string };

/**
 * Evaluates the match conditions of a webhook entry for a pod that is created.
 *
 * Output: one that is false settles it, whatever the others are; then one that cannot be told; then one that fails.
 * Never throws. Source: Kubernetes, apiserver/pkg/admission/plugin/webhook/matchconditions/matcher.go.
 */
export function judgeConditions(conditions: readonly MatchCondition[], pod: PodSubject): ConditionsOutcome {
  if (conditions.length === 0) return { kind: 'hold' };
  const variables = variablesOf(pod);
  const results = conditions.map(({ name, expression }) => ({ name, result: evaluateCel(expression, variables) }));
  for (const { name, result } of results) {
    if (result.kind === 'value' && result.value !== true) return { kind: 'fail', name };
  }
  for (const { name, result } of results) if (result.kind === 'unknown') return { kind: 'unknown', name };
  for (const { name, result } of results) {
    if (result.kind === 'error') return { kind: 'fault', name, message: result.message };
  }
  return { kind: 'hold' };
}

const PODS = { group: '', version: 'v1' };

function variablesOf(pod: PodSubject): CelVariables {
  const { namespace } = pod;
  return {
    object: pod.object ?? objectOf(pod),
    oldObject: null,
    request: new PartialMap({
      operation: 'CREATE',
      kind: { ...PODS, kind: 'Pod' },
      resource: { ...PODS, resource: 'pods' },
      requestKind: { ...PODS, kind: 'Pod' },
      requestResource: { ...PODS, resource: 'pods' },
      subResource: '',
      ...(namespace === undefined ? {} : { namespace }),
    }),
  };
}

/** Labels are known to the last one; of the rest only what a trimmed pod holds. */
function objectOf({ labels, namespace, hostNetwork, annotations, serviceAccount }: PodSubject): PartialMap {
  return new PartialMap({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: new PartialMap({
      labels: Object.keys(labels).length > 0 ? labels : undefined,
      ...(namespace === undefined ? {} : { namespace }),
      annotations: new PartialMap(annotations ?? {}),
    }),
    spec: new PartialMap({
      ...(hostNetwork === undefined ? {} : { hostNetwork: hostNetwork || undefined }),
      ...(serviceAccount === undefined ? {} : { serviceAccountName: serviceAccount }),
    }),
  });
}
