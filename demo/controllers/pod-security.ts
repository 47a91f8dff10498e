import { forbidden } from '@/demo/server/api-error';
import { recordAt } from '@/demo/server/json-access';
import type { JsonObject, NewObject } from '@/demo/server/object-types';
import type { Store } from '@/demo/server/store';
import { listPodSecurityFindings } from '@/lib/core/kube/pod-security';

const LABEL_PREFIX = 'pod-security.kubernetes.io/';

interface Policy {
  readonly level: string;
  readonly version: string;
}

/** What a namespace's labels say for a mode; who is to be warned of nothing else is warned of what is enforced. */
function policyOf(labels: Readonly<Record<string, string>>, mode: 'enforce' | 'warn'): Policy {
  const level = labels[`${LABEL_PREFIX}${mode}`];
  if (level === undefined && mode === 'warn') return policyOf(labels, 'enforce');
  return { level: level ?? 'privileged', version: labels[`${LABEL_PREFIX}${mode}-version`] ?? 'latest' };
}

const labelsOf = (store: Store, namespace = '') => store.get('namespaces', { name: namespace })?.metadata.labels ?? {};

/** How a pod violates the standard, in words; undefined when it does not. */
function violation(pod: NewObject, { level, version }: Policy): string | undefined {
  if (level !== 'baseline' && level !== 'restricted') return undefined;
  const findings = listPodSecurityFindings(pod.spec ?? {}, level).map(({ text }) => text);
  return findings.length === 0 ? undefined : `PodSecurity "${level}:${version}": ${findings.join(', ')}`;
}

/**
 * Refuses a pod that violates the Pod Security Standard which its namespace enforces.
 *
 * Source: Kubernetes, staging/src/k8s.io/pod-security-admission, policy and admission.
 */
export function checkPodSecurity(store: Store, pod: NewObject): void {
  const found = violation(pod, policyOf(labelsOf(store, pod.metadata.namespace), 'enforce'));
  if (found === undefined) return;
  throw forbidden({ group: '', plural: 'pods', name: pod.metadata.name ?? '' }, `violates ${found}`);
}

/** What the author of a pod or of a workload's template is warned of. */
export function warnOfPodSecurity(store: Store, object: NewObject, podSpec: JsonObject): string[] {
  const policy = policyOf(labelsOf(store, object.metadata.namespace), 'warn');
  const metadata = recordAt(object, 'spec', 'template', 'metadata');
  const pod = { ...object, metadata: { ...metadata, namespace: object.metadata.namespace ?? '' }, spec: podSpec };
  const found = violation(pod, policy);
  return found === undefined ? [] : [`would violate ${found}`];
}
