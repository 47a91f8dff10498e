import type { NameRule } from './validate-names';

/** Names that are not DNS subdomains. */
export const NAME_RULES: Readonly<Record<string, NameRule>> = {
  namespaces: 'label',
  services: 'label',
  'roles.rbac.authorization.k8s.io': 'path',
  'rolebindings.rbac.authorization.k8s.io': 'path',
  'clusterroles.rbac.authorization.k8s.io': 'path',
  'clusterrolebindings.rbac.authorization.k8s.io': 'path',
};

/** Fields that must be there and not empty; pod specs and selectors have rules of their own. */
export const REQUIRED_FIELDS: Readonly<Record<string, readonly string[]>> = {
  'rolebindings.rbac.authorization.k8s.io': ['roleRef.name', 'roleRef.kind'],
  'clusterrolebindings.rbac.authorization.k8s.io': ['roleRef.name', 'roleRef.kind'],
  'horizontalpodautoscalers.autoscaling': ['spec.scaleTargetRef.kind', 'spec.scaleTargetRef.name', 'spec.maxReplicas'],
  events: ['involvedObject'],
  'endpointslices.discovery.k8s.io': ['addressType'],
  'gateways.gateway.networking.k8s.io': ['spec.gatewayClassName', 'spec.listeners'],
  'gatewayclasses.gateway.networking.k8s.io': ['spec.controllerName'],
};

export const IMMUTABLE_FIELDS: Readonly<Record<string, readonly string[]>> = {
  'deployments.apps': ['spec.selector'],
  'replicasets.apps': ['spec.selector'],
  'daemonsets.apps': ['spec.selector'],
  'jobs.batch': ['spec.completions', 'spec.selector', 'spec.completionMode'],
  secrets: ['type'],
};

const ALWAYS = ['Always'];

export const TEMPLATE_RESTART_POLICIES: Readonly<Record<string, readonly string[]>> = {
  'deployments.apps': ALWAYS,
  'replicasets.apps': ALWAYS,
  'statefulsets.apps': ALWAYS,
  'daemonsets.apps': ALWAYS,
  replicationcontrollers: ALWAYS,
};
