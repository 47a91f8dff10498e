import type { LabelSelector, StringMap } from './object-types';

/**
 * Trimmed objects, as the snapshot keeps them: what decisions need and nothing else.
 *
 * One record is about 1 KB where the object was 10; the full object is read on demand, for one object at a time.
 */
export interface Owner {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
}

export interface ObjectRecord {
  readonly kind: string;
  readonly name: string;
  /** Empty for cluster-scoped objects. */
  readonly namespace: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly createdAt: string;
  readonly deletedAt?: string;
  readonly labels: StringMap;
  /** Only those that Istio or a rollout reads. */
  readonly annotations: StringMap;
  readonly owner?: Owner;
}

export interface LabelChange {
  readonly at: string;
  readonly manager: string;
}

export interface NamespaceRecord extends ObjectRecord {
  readonly phase: string;
  /** When a field manager last wrote an injection label, from managedFields; absent when not recorded. */
  readonly labelsChanged?: LabelChange;
  /** A GitOps tool that manages this namespace (field manager or its own label), e.g. `argocd-controller`. */
  readonly managedBy?: string;
  /** The namespace is known by name only: the user may read what is in it, but not the object with its labels. */
  readonly isNameOnly?: true;
}

export interface ContainerRecord {
  readonly name: string;
  readonly image: string;
  readonly ports: readonly number[];
  /** `Always` marks a native sidecar among the init containers. */
  readonly restartPolicy?: string;
}

/** The parsed `sidecar.istio.io/status` annotation. */
export interface InjectionStatus {
  readonly revision: string;
  readonly containers: readonly string[];
  readonly initContainers: readonly string[];
  readonly volumes: readonly string[];
  readonly imagePullSecrets: readonly string[];
}

export interface PodRecord extends ObjectRecord {
  readonly phase: string;
  readonly reason: string;
  readonly nodeName: string;
  readonly podIP: string;
  readonly serviceAccount: string;
  readonly hostNetwork: boolean;
  readonly containers: readonly ContainerRecord[];
  readonly initContainers: readonly ContainerRecord[];
  readonly readyContainers: number;
  readonly totalContainers: number;
  readonly restarts: number;
  readonly isReady: boolean;
  readonly injection?: InjectionStatus;
  /** Of an injected pod: the same for pods of one owner that injection made alike. */
  readonly sidecarPrint?: string;
}

export interface TemplateRecord {
  readonly labels: StringMap;
  readonly annotations: StringMap;
  readonly hostNetwork: boolean;
  readonly serviceAccount: string;
  readonly containers: readonly ContainerRecord[];
  readonly initContainers: readonly ContainerRecord[];
}

/** Deployment, ReplicaSet, StatefulSet, DaemonSet, Job, CronJob, ReplicationController. */
export interface WorkloadRecord extends ObjectRecord {
  readonly generation: number;
  readonly observedGeneration: number;
  readonly replicas: number;
  readonly readyReplicas: number;
  readonly updatedReplicas: number;
  readonly isPaused: boolean;
  readonly selector?: LabelSelector;
  readonly template: TemplateRecord;
  /** A condition that says why pods cannot be made, e.g. ReplicaFailure with the webhook's message. */
  readonly failure?: { readonly reason: string; readonly message: string };
}

export interface ServicePortRecord {
  readonly name: string;
  readonly port: number;
  readonly targetPort: string;
  readonly protocol: string;
}

export interface ServiceRecord extends ObjectRecord {
  readonly type: string;
  readonly clusterIP: string;
  readonly selector: StringMap;
  readonly ports: readonly ServicePortRecord[];
}

export interface EndpointSliceRecord extends ObjectRecord {
  /** Empty for a slice that belongs to no Service. */
  readonly serviceName: string;
  readonly readyEndpoints: number;
  readonly totalEndpoints: number;
}

/** Objects whose whole spec matters and which are few: webhooks, Istio's and Gateway API's kinds, ConfigMaps of istiod. */
export interface DocumentRecord extends ObjectRecord {
  readonly body: unknown;
}

export interface EventRecord extends ObjectRecord {
  readonly reason: string;
  readonly message: string;
  readonly type: string;
  readonly count: number;
  readonly lastSeen: string;
  readonly involved: { readonly kind: string; readonly name: string; readonly uid: string };
}

/** ConfigMap, Secret metadata and the like: counted, never read. */
export type MetadataRecord = ObjectRecord;
