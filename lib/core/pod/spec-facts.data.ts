import type { ChangeGroup, ChangeOrigin } from './change-types';
import type { PodPhraseCode } from './pod-phrases.data';

interface SpecFacts {
  readonly group: ChangeGroup;
  readonly origin: ChangeOrigin;
  readonly because: PodPhraseCode;
}

const admission = (group: ChangeGroup, because: PodPhraseCode): SpecFacts => ({ group, origin: 'api-server', because });

/** Pod fields that others than the author fill in. Source: Kubernetes, pkg/apis/core/v1/defaults.go; plugin/pkg/admission. */
const SPEC_FIELDS: Readonly<Record<string, SpecFacts>> = {
  nodeName: { group: 'scheduling', origin: 'scheduler', because: 'pod.spec.node-name' },
  hostname: { group: 'other', origin: 'workload-controller', because: 'pod.spec.host-name' },
  subdomain: { group: 'other', origin: 'workload-controller', because: 'pod.spec.host-name' },
  affinity: { group: 'scheduling', origin: 'workload-controller', because: 'pod.spec.affinity' },
  priority: admission('scheduling', 'pod.spec.priority'),
  priorityClassName: admission('scheduling', 'pod.spec.priority'),
  preemptionPolicy: admission('scheduling', 'pod.spec.priority'),
  overhead: admission('resources', 'pod.spec.runtime-class'),
  serviceAccount: admission('other', 'pod.spec.service-account'),
  serviceAccountName: admission('other', 'pod.spec.service-account'),
  enableServiceLinks: admission('other', 'pod.spec.default'),
  restartPolicy: admission('other', 'pod.spec.default'),
  terminationGracePeriodSeconds: admission('other', 'pod.spec.default'),
  schedulerName: admission('scheduling', 'pod.spec.default'),
  dnsPolicy: admission('dns', 'pod.spec.default'),
  dnsConfig: { group: 'dns', origin: 'injection-template', because: 'pod.spec.dns-config' },
  securityContext: { group: 'security', origin: 'injection-template', because: 'pod.spec.security-context' },
};

const OTHER_GROUPS: Readonly<Record<string, ChangeGroup>> = {
  nodeSelector: 'scheduling',
  topologySpreadConstraints: 'scheduling',
  schedulingGates: 'scheduling',
  runtimeClassName: 'scheduling',
  resources: 'resources',
  hostAliases: 'dns',
};

export function specFacts(field: string): SpecFacts {
  const known = Object.hasOwn(SPEC_FIELDS, field) ? SPEC_FIELDS[field] : undefined;
  return known ?? { group: OTHER_GROUPS[field] ?? 'other', origin: 'unknown', because: 'pod.spec.other' };
}
