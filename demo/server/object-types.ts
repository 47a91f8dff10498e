/** Any JSON object. The store knows `metadata`; everything else is data of the kind. */
export type JsonObject = Record<string, unknown>;

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

export interface ManagedFieldsEntry {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  time?: string;
  fieldsType: 'FieldsV1';
  fieldsV1: JsonObject;
  subresource?: string;
}

/** Metadata that a writer may set. */
export interface NewMeta {
  name?: string;
  generateName?: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  creationTimestamp?: string;
  generation?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  finalizers?: string[];
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  managedFields?: ManagedFieldsEntry[];
  [field: string]: unknown;
}

/** Metadata as stored: what the server sets is there. */
export interface ObjectMeta extends NewMeta {
  name: string;
  uid: string;
  resourceVersion: string;
  creationTimestamp: string;
}

/** An object as it is sent to be created. */
export interface NewObject {
  apiVersion: string;
  kind: string;
  metadata: NewMeta;
  spec?: JsonObject;
  status?: JsonObject;
  [field: string]: unknown;
}

/** An object as stored. It is frozen: clone it to change it. */
export interface KubeObject extends NewObject {
  metadata: ObjectMeta;
}

/** Names one object of a kind. Metadata is one, so `store.get('pods', pod.metadata)` works. */
export interface ObjectRef {
  readonly name: string;
  readonly namespace?: string | undefined;
}
