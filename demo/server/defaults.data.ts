/** A value that a field gets when it is missing, perhaps only when another field says so. */
export interface Default {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly when?: { readonly path: readonly string[]; readonly value: unknown };
}

const at = (path: string, value: unknown): Default => ({ path: path.split('.'), value });
const rolling = (path: string, value: unknown, strategy: string): Default => ({
  ...at(path, value),
  when: { path: [...strategy.split('.'), 'type'], value: 'RollingUpdate' },
});

const forService = (type: string, field: string, value: unknown): Default => ({
  ...at(`spec.${field}`, value),
  when: { path: ['spec', 'type'], value: type },
});

/** Defaults per resource. Source: k8s.io/kubernetes, pkg/apis, the defaults.go of each group. */
export const OBJECT_DEFAULTS: Readonly<Record<string, readonly Default[]>> = {
  'deployments.apps': [
    at('spec.replicas', 1),
    at('spec.strategy.type', 'RollingUpdate'),
    rolling('spec.strategy.rollingUpdate.maxUnavailable', '25%', 'spec.strategy'),
    rolling('spec.strategy.rollingUpdate.maxSurge', '25%', 'spec.strategy'),
    at('spec.revisionHistoryLimit', 10),
    at('spec.progressDeadlineSeconds', 600),
  ],
  'replicasets.apps': [at('spec.replicas', 1)],
  'statefulsets.apps': [
    at('spec.replicas', 1),
    at('spec.podManagementPolicy', 'OrderedReady'),
    at('spec.updateStrategy.type', 'RollingUpdate'),
    rolling('spec.updateStrategy.rollingUpdate.partition', 0, 'spec.updateStrategy'),
    at('spec.revisionHistoryLimit', 10),
    at('spec.persistentVolumeClaimRetentionPolicy.whenDeleted', 'Retain'),
    at('spec.persistentVolumeClaimRetentionPolicy.whenScaled', 'Retain'),
  ],
  'daemonsets.apps': [
    at('spec.updateStrategy.type', 'RollingUpdate'),
    rolling('spec.updateStrategy.rollingUpdate.maxUnavailable', 1, 'spec.updateStrategy'),
    rolling('spec.updateStrategy.rollingUpdate.maxSurge', 0, 'spec.updateStrategy'),
    at('spec.revisionHistoryLimit', 10),
  ],
  'jobs.batch': [
    at('spec.backoffLimit', 6),
    at('spec.completionMode', 'NonIndexed'),
    at('spec.suspend', false),
    at('spec.manualSelector', false),
    at('spec.podReplacementPolicy', 'TerminatingOrFailed'),
  ],
  'cronjobs.batch': [
    at('spec.concurrencyPolicy', 'Allow'),
    at('spec.suspend', false),
    at('spec.successfulJobsHistoryLimit', 3),
    at('spec.failedJobsHistoryLimit', 1),
    at('spec.jobTemplate.metadata', {}),
  ],
  replicationcontrollers: [at('spec.replicas', 1)],
  services: [
    at('spec.type', 'ClusterIP'),
    at('spec.sessionAffinity', 'None'),
    ...['ClusterIP', 'NodePort', 'LoadBalancer'].map((type) => forService(type, 'internalTrafficPolicy', 'Cluster')),
    ...['NodePort', 'LoadBalancer'].map((type) => forService(type, 'externalTrafficPolicy', 'Cluster')),
    {
      ...at('spec.sessionAffinityConfig.clientIP.timeoutSeconds', 10_800),
      when: { path: ['spec', 'sessionAffinity'], value: 'ClientIP' },
    },
    at('status.loadBalancer', {}),
    {
      ...at('spec.allocateLoadBalancerNodePorts', true),
      when: { path: ['spec', 'type'], value: 'LoadBalancer' },
    },
  ],
  secrets: [at('type', 'Opaque')],
  'horizontalpodautoscalers.autoscaling': [at('spec.minReplicas', 1)],
  'webhooks of mutatingwebhookconfigurations.admissionregistration.k8s.io': [
    at('failurePolicy', 'Fail'),
    at('matchPolicy', 'Equivalent'),
    at('namespaceSelector', {}),
    at('objectSelector', {}),
    at('timeoutSeconds', 10),
    at('reinvocationPolicy', 'Never'),
  ],
  'webhooks of validatingwebhookconfigurations.admissionregistration.k8s.io': [
    at('failurePolicy', 'Fail'),
    at('matchPolicy', 'Equivalent'),
    at('namespaceSelector', {}),
    at('objectSelector', {}),
    at('timeoutSeconds', 10),
  ],
};

/** Where a resource keeps a pod spec. */
export const POD_TEMPLATE_PATHS: Readonly<Record<string, readonly string[]>> = {
  pods: ['spec'],
  'deployments.apps': ['spec', 'template', 'spec'],
  'replicasets.apps': ['spec', 'template', 'spec'],
  'statefulsets.apps': ['spec', 'template', 'spec'],
  'daemonsets.apps': ['spec', 'template', 'spec'],
  replicationcontrollers: ['spec', 'template', 'spec'],
  'jobs.batch': ['spec', 'template', 'spec'],
  'cronjobs.batch': ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

export const POD_SPEC_DEFAULTS: readonly Default[] = [
  at('restartPolicy', 'Always'),
  at('terminationGracePeriodSeconds', 30),
  at('dnsPolicy', 'ClusterFirst'),
  at('securityContext', {}),
  at('schedulerName', 'default-scheduler'),
];

export const CONTAINER_DEFAULTS: readonly Default[] = [
  at('resources', {}),
  at('terminationMessagePath', '/dev/termination-log'),
  at('terminationMessagePolicy', 'File'),
];
