import 'server-only';
import type {
  DocumentRecord,
  EndpointSliceRecord,
  EventRecord,
  MetadataRecord,
  NamespaceRecord,
  ObjectRecord,
  PodRecord,
  ServiceRecord,
  WorkloadRecord,
} from '@/lib/core/kube/records';
import type { Json } from './json-fields';
import type { Interner } from './projections/interner';

/** The record that the snapshot keeps of each watched kind. Built-in kinds go by their plural, others as `plural.group`. */
export interface RecordOf {
  readonly namespaces: NamespaceRecord;
  readonly pods: PodRecord;
  readonly deployments: WorkloadRecord;
  readonly replicasets: WorkloadRecord;
  readonly statefulsets: WorkloadRecord;
  readonly daemonsets: WorkloadRecord;
  readonly jobs: WorkloadRecord;
  readonly cronjobs: WorkloadRecord;
  readonly replicationcontrollers: WorkloadRecord;
  readonly services: ServiceRecord;
  readonly endpointslices: EndpointSliceRecord;
  readonly mutatingwebhookconfigurations: DocumentRecord;
  readonly events: EventRecord;
  readonly configmaps: MetadataRecord;
  readonly nodes: MetadataRecord;
  readonly 'gateways.networking.istio.io': DocumentRecord;
  readonly 'virtualservices.networking.istio.io': DocumentRecord;
  readonly 'destinationrules.networking.istio.io': DocumentRecord;
  readonly 'serviceentries.networking.istio.io': DocumentRecord;
  readonly 'workloadentries.networking.istio.io': DocumentRecord;
  readonly 'peerauthentications.security.istio.io': DocumentRecord;
  readonly 'gatewayclasses.gateway.networking.k8s.io': DocumentRecord;
  readonly 'gateways.gateway.networking.k8s.io': DocumentRecord;
  readonly 'httproutes.gateway.networking.k8s.io': DocumentRecord;
  readonly 'grpcroutes.gateway.networking.k8s.io': DocumentRecord;
}

export type KindId = keyof RecordOf;

/** How one kind is listed, watched and trimmed. */
export interface WatchedKind<Item extends ObjectRecord = ObjectRecord> {
  readonly id: KindId;
  readonly kind: string;
  readonly group: string;
  /** Those that Sidelight reads, best first. */
  readonly versions: readonly string[];
  readonly plural: string;
  readonly isNamespaced: boolean;
  readonly pageSize: number;
  readonly fieldSelector?: string;
  /** Ask for metadata alone, so that the content never leaves the API server. */
  readonly isMetadataOnly?: true;
  /** How many records are kept of one involved object, and of all; the newest stay. */
  readonly keepNewest?: KeepNewest;
  readonly project: (object: Json, interner: Interner) => Item;
}

export interface KeepNewest {
  readonly perInvolved: number;
  readonly total: number;
}

export type WatchedKinds = { readonly [Id in KindId]: WatchedKind<RecordOf[Id]> };
