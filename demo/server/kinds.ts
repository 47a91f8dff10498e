import { DEFAULT_COLUMNS } from './columns';
import {
  BINDING_COLUMNS,
  BUDGET_COLUMNS,
  CLAIM_COLUMNS,
  CONFIG_MAP_COLUMNS,
  ENDPOINT_SLICE_COLUMNS,
  ENDPOINTS_COLUMNS,
  EVENT_COLUMNS,
  LEASE_COLUMNS,
  NAMESPACE_COLUMNS,
  NODE_COLUMNS,
  QUOTA_COLUMNS,
  SCALER_COLUMNS,
  SECRET_COLUMNS,
  SERVICE_ACCOUNT_COLUMNS,
  SERVICE_COLUMNS,
  WEBHOOK_COLUMNS,
} from './core-columns';
import { CUSTOM_KINDS } from './custom-kinds';
import { kindRow, STANDARD_SCALE } from './define-kind';
import type { KindRow } from './kind-row';
import { POD_COLUMNS } from './pod-columns';
import {
  CRON_JOB_COLUMNS,
  DAEMON_SET_COLUMNS,
  DEPLOYMENT_COLUMNS,
  JOB_COLUMNS,
  REPLICA_SET_COLUMNS,
  REPLICATION_CONTROLLER_COLUMNS,
  REVISION_COLUMNS,
  STATEFUL_SET_COLUMNS,
} from './workload-columns';

const scaled = { hasGeneration: true, subresources: ['status', 'scale'], scale: STANDARD_SCALE } as const;
const withStatus = { subresources: ['status'] } as const;
const all = ['all'];

const BUILT_IN_KINDS: readonly KindRow[] = [
  kindRow('', 'v1', 'Namespace', {
    namespaced: false,
    shortNames: ['ns'],
    ...withStatus,
    columns: NAMESPACE_COLUMNS,
    selectableFields: { 'status.phase': ['status', 'phase'] },
    deletion: 'namespace',
  }),
  kindRow('', 'v1', 'Pod', {
    shortNames: ['po'],
    categories: all,
    hasGeneration: true,
    subresources: ['status', 'log'],
    columns: POD_COLUMNS,
    selectableFields: {
      'spec.nodeName': ['spec', 'nodeName'],
      'spec.host': ['spec', 'nodeName'],
      'spec.restartPolicy': ['spec', 'restartPolicy'],
      'spec.schedulerName': ['spec', 'schedulerName'],
      'spec.serviceAccountName': ['spec', 'serviceAccountName'],
      'spec.hostNetwork': ['spec', 'hostNetwork'],
      'status.phase': ['status', 'phase'],
      'status.podIP': ['status', 'podIP'],
      'status.podIPs': ['status', 'podIP'],
      'status.nominatedNodeName': ['status', 'nominatedNodeName'],
    },
    deletion: 'graceful',
  }),
  kindRow('', 'v1', 'Service', {
    shortNames: ['svc'],
    categories: all,
    ...withStatus,
    columns: SERVICE_COLUMNS,
    selectableFields: { 'spec.clusterIP': ['spec', 'clusterIP'], 'spec.type': ['spec', 'type'] },
  }),
  kindRow('', 'v1', 'ConfigMap', { shortNames: ['cm'], columns: CONFIG_MAP_COLUMNS }),
  kindRow('', 'v1', 'Secret', { columns: SECRET_COLUMNS, selectableFields: { type: ['type'] } }),
  kindRow('', 'v1', 'ServiceAccount', { shortNames: ['sa'], columns: SERVICE_ACCOUNT_COLUMNS }),
  kindRow('', 'v1', 'Event', {
    shortNames: ['ev'],
    columns: EVENT_COLUMNS,
    selectableFields: {
      'involvedObject.kind': ['involvedObject', 'kind'],
      'involvedObject.namespace': ['involvedObject', 'namespace'],
      'involvedObject.name': ['involvedObject', 'name'],
      'involvedObject.uid': ['involvedObject', 'uid'],
      'involvedObject.apiVersion': ['involvedObject', 'apiVersion'],
      'involvedObject.resourceVersion': ['involvedObject', 'resourceVersion'],
      'involvedObject.fieldPath': ['involvedObject', 'fieldPath'],
      reason: ['reason'],
      reportingComponent: ['reportingComponent'],
      source: ['source', 'component'],
      type: ['type'],
    },
  }),
  kindRow('', 'v1', 'Node', {
    namespaced: false,
    shortNames: ['no'],
    ...withStatus,
    columns: NODE_COLUMNS,
    selectableFields: { 'spec.unschedulable': ['spec', 'unschedulable'] },
  }),
  kindRow('', 'v1', 'Endpoints', {
    plural: 'endpoints',
    shortNames: ['ep'],
    columns: ENDPOINTS_COLUMNS,
    deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  }),
  kindRow('', 'v1', 'ReplicationController', {
    shortNames: ['rc'],
    categories: all,
    ...scaled,
    scale: { ...STANDARD_SCALE, selector: ['spec', 'selector'] },
    columns: REPLICATION_CONTROLLER_COLUMNS,
    selectableFields: { 'status.replicas': ['status', 'replicas'] },
  }),
  kindRow('', 'v1', 'PersistentVolumeClaim', { shortNames: ['pvc'], ...withStatus, columns: CLAIM_COLUMNS }),
  kindRow('', 'v1', 'LimitRange', { shortNames: ['limits'], columns: DEFAULT_COLUMNS }),
  kindRow('', 'v1', 'ResourceQuota', { shortNames: ['quota'], ...withStatus, columns: QUOTA_COLUMNS }),

  kindRow('apps', 'v1', 'Deployment', {
    shortNames: ['deploy'],
    categories: all,
    ...scaled,
    columns: DEPLOYMENT_COLUMNS,
  }),
  kindRow('apps', 'v1', 'ReplicaSet', {
    shortNames: ['rs'],
    categories: all,
    ...scaled,
    columns: REPLICA_SET_COLUMNS,
  }),
  kindRow('apps', 'v1', 'StatefulSet', {
    shortNames: ['sts'],
    categories: all,
    ...scaled,
    columns: STATEFUL_SET_COLUMNS,
  }),
  kindRow('apps', 'v1', 'DaemonSet', {
    shortNames: ['ds'],
    categories: all,
    hasGeneration: true,
    ...withStatus,
    columns: DAEMON_SET_COLUMNS,
  }),
  kindRow('apps', 'v1', 'ControllerRevision', { columns: REVISION_COLUMNS }),

  kindRow('batch', 'v1', 'Job', {
    categories: all,
    hasGeneration: true,
    ...withStatus,
    columns: JOB_COLUMNS,
    selectableFields: { 'status.successful': ['status', 'succeeded'] },
  }),
  kindRow('batch', 'v1', 'CronJob', {
    shortNames: ['cj'],
    categories: all,
    hasGeneration: true,
    ...withStatus,
    columns: CRON_JOB_COLUMNS,
  }),

  kindRow('autoscaling', 'v2', 'HorizontalPodAutoscaler', {
    shortNames: ['hpa'],
    categories: all,
    ...withStatus,
    columns: SCALER_COLUMNS,
  }),
  kindRow('policy', 'v1', 'PodDisruptionBudget', {
    shortNames: ['pdb'],
    hasGeneration: true,
    ...withStatus,
    columns: BUDGET_COLUMNS,
  }),
  kindRow('coordination.k8s.io', 'v1', 'Lease', { columns: LEASE_COLUMNS }),
  kindRow('discovery.k8s.io', 'v1', 'EndpointSlice', { hasGeneration: true, columns: ENDPOINT_SLICE_COLUMNS }),

  kindRow('rbac.authorization.k8s.io', 'v1', 'Role', { columns: DEFAULT_COLUMNS }),
  kindRow('rbac.authorization.k8s.io', 'v1', 'RoleBinding', { columns: BINDING_COLUMNS }),
  kindRow('rbac.authorization.k8s.io', 'v1', 'ClusterRole', { namespaced: false, columns: DEFAULT_COLUMNS }),
  kindRow('rbac.authorization.k8s.io', 'v1', 'ClusterRoleBinding', { namespaced: false, columns: BINDING_COLUMNS }),

  kindRow('admissionregistration.k8s.io', 'v1', 'MutatingWebhookConfiguration', {
    namespaced: false,
    categories: ['api-extensions'],
    hasGeneration: true,
    columns: WEBHOOK_COLUMNS,
  }),
  kindRow('admissionregistration.k8s.io', 'v1', 'ValidatingWebhookConfiguration', {
    namespaced: false,
    categories: ['api-extensions'],
    hasGeneration: true,
    columns: WEBHOOK_COLUMNS,
  }),
  kindRow('apiextensions.k8s.io', 'v1', 'CustomResourceDefinition', {
    storageVersion: 'v1beta1',
    namespaced: false,
    shortNames: ['crd', 'crds'],
    categories: ['api-extensions'],
    hasGeneration: true,
    ...withStatus,
    columns: DEFAULT_COLUMNS,
  }),
];

/** Every kind of the demo cluster. */
export const KINDS: readonly KindRow[] = [...BUILT_IN_KINDS, ...CUSTOM_KINDS];

/** The kinds of a cluster where some groups are not installed, e.g. `networking.istio.io`. */
export function kindsWithout(...groups: readonly string[]): readonly KindRow[] {
  return KINDS.filter((row) => !groups.includes(row.group));
}
