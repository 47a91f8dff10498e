import 'server-only';
import type { DocumentRecord, MetadataRecord, WorkloadRecord } from '@/lib/core/kube/records';
import { projectDocument } from './projections/project-document';
import { projectEvent } from './projections/project-event';
import { projectMetadata } from './projections/project-metadata';
import { projectNamespace } from './projections/project-namespace';
import { projectPod } from './projections/project-pod';
import { projectEndpointSlice, projectService } from './projections/project-service';
import { projectWorkload } from './projections/project-workload';
import type { KindId, WatchedKind, WatchedKinds } from './watched-kind';

// What kubectl and client-go ask for. Items are parsed one by one, so a page costs no memory; smaller ones cost time.
const PAGE_SIZE = 500;
const CORE = { group: '', versions: ['v1'], isNamespaced: true, pageSize: PAGE_SIZE };
const CLUSTER_WIDE = { ...CORE, isNamespaced: false };
const NETWORKING = ['networking.istio.io', ['v1', 'v1beta1', 'v1alpha3']] as const;
const SECURITY = ['security.istio.io', ['v1', 'v1beta1']] as const;
const GATEWAY_API = ['gateway.networking.k8s.io', ['v1', 'v1beta1', 'v1alpha2']] as const;

function workload(id: KindId, kind: string, group: string): WatchedKind<WorkloadRecord> {
  return {
    ...CORE,
    id,
    kind,
    group,
    plural: id,
    project: (object, interner) => projectWorkload(object, kind, interner),
  };
}

function document(
  id: KindId,
  kind: string,
  [group, versions]: readonly [string, readonly string[]],
): WatchedKind<DocumentRecord> {
  return {
    id,
    kind,
    group,
    versions,
    plural: id.replace(`.${group}`, ''),
    isNamespaced: kind !== 'GatewayClass' && kind !== 'MutatingWebhookConfiguration',
    pageSize: PAGE_SIZE,
    project: (object, interner) => projectDocument(object, kind, interner),
  };
}

function metadataOf(id: KindId, kind: string, place: typeof CORE): WatchedKind<MetadataRecord> {
  const project: WatchedKind<MetadataRecord>['project'] = (object, interner) => projectMetadata(object, kind, interner);
  return { ...place, id, kind, plural: id, isMetadataOnly: true, project };
}

/** Every kind that the snapshot holds. Secrets are not among them and never will be. */
export const WATCHED_KINDS: WatchedKinds = {
  namespaces: {
    ...CLUSTER_WIDE,
    id: 'namespaces',
    kind: 'Namespace',
    plural: 'namespaces',
    project: projectNamespace,
  },
  pods: { ...CORE, id: 'pods', kind: 'Pod', plural: 'pods', project: projectPod },
  deployments: workload('deployments', 'Deployment', 'apps'),
  replicasets: workload('replicasets', 'ReplicaSet', 'apps'),
  statefulsets: workload('statefulsets', 'StatefulSet', 'apps'),
  daemonsets: workload('daemonsets', 'DaemonSet', 'apps'),
  jobs: workload('jobs', 'Job', 'batch'),
  cronjobs: workload('cronjobs', 'CronJob', 'batch'),
  replicationcontrollers: workload('replicationcontrollers', 'ReplicationController', ''),
  services: { ...CORE, id: 'services', kind: 'Service', plural: 'services', project: projectService },
  endpointslices: {
    ...CORE,
    id: 'endpointslices',
    kind: 'EndpointSlice',
    group: 'discovery.k8s.io',
    versions: ['v1', 'v1beta1'],
    plural: 'endpointslices',
    project: projectEndpointSlice,
  },
  mutatingwebhookconfigurations: document('mutatingwebhookconfigurations', 'MutatingWebhookConfiguration', [
    'admissionregistration.k8s.io',
    ['v1'],
  ]),
  // Normal events are by far the most and decide nothing; a page that shows them reads those of its object.
  events: {
    ...CORE,
    id: 'events',
    kind: 'Event',
    plural: 'events',
    fieldSelector: 'type=Warning',
    keepNewest: { perInvolved: 10, total: 2000 },
    project: projectEvent,
  },
  configmaps: metadataOf('configmaps', 'ConfigMap', CORE),
  nodes: metadataOf('nodes', 'Node', CLUSTER_WIDE),
  'gateways.networking.istio.io': document('gateways.networking.istio.io', 'Gateway', NETWORKING),
  'virtualservices.networking.istio.io': document('virtualservices.networking.istio.io', 'VirtualService', NETWORKING),
  'destinationrules.networking.istio.io': document(
    'destinationrules.networking.istio.io',
    'DestinationRule',
    NETWORKING,
  ),
  'serviceentries.networking.istio.io': document('serviceentries.networking.istio.io', 'ServiceEntry', NETWORKING),
  'workloadentries.networking.istio.io': document('workloadentries.networking.istio.io', 'WorkloadEntry', NETWORKING),
  'peerauthentications.security.istio.io': document(
    'peerauthentications.security.istio.io',
    'PeerAuthentication',
    SECURITY,
  ),
  'gatewayclasses.gateway.networking.k8s.io': document(
    'gatewayclasses.gateway.networking.k8s.io',
    'GatewayClass',
    GATEWAY_API,
  ),
  'gateways.gateway.networking.k8s.io': document('gateways.gateway.networking.k8s.io', 'Gateway', GATEWAY_API),
  'httproutes.gateway.networking.k8s.io': document('httproutes.gateway.networking.k8s.io', 'HTTPRoute', GATEWAY_API),
  'grpcroutes.gateway.networking.k8s.io': document('grpcroutes.gateway.networking.k8s.io', 'GRPCRoute', GATEWAY_API),
};

function isKindId(text: string): text is KindId {
  return Object.hasOwn(WATCHED_KINDS, text);
}

export const KIND_IDS: readonly KindId[] = Object.keys(WATCHED_KINDS).filter(isKindId);
