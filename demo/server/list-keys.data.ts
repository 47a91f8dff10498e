/**
 * Fields of built-in kinds that hold a list of objects merged by key. `merge` is the key of a strategic merge patch,
 * `owner` the keys that name an item in managedFields.
 * Source: patchMergeKey and listMapKey tags in k8s.io/api; `webhooks` and `conditions` likewise.
 */
export interface ListKeys {
  readonly merge: string;
  readonly owner: readonly string[];
}

const byName: ListKeys = { merge: 'name', owner: ['name'] };

export const LIST_KEYS: Readonly<Record<string, ListKeys>> = {
  containers: byName,
  initContainers: byName,
  ephemeralContainers: byName,
  volumes: byName,
  env: byName,
  imagePullSecrets: byName,
  resourceClaims: byName,
  webhooks: byName,
  secrets: byName,
  volumeMounts: { merge: 'mountPath', owner: ['mountPath'] },
  volumeDevices: { merge: 'devicePath', owner: ['devicePath'] },
  hostAliases: { merge: 'ip', owner: ['ip'] },
  topologySpreadConstraints: { merge: 'topologyKey', owner: ['topologyKey', 'whenUnsatisfiable'] },
  ownerReferences: { merge: 'uid', owner: ['uid'] },
  conditions: { merge: 'type', owner: ['type'] },
  podIPs: { merge: 'ip', owner: ['ip'] },
  hostIPs: { merge: 'ip', owner: ['ip'] },
  taints: { merge: 'key', owner: [] },
  addresses: { merge: 'type', owner: ['type'] },
  matchConditions: byName,
};

/** `ports` of a container and of a Service differ: the item tells which it is. */
export const CONTAINER_PORT_KEYS: ListKeys = { merge: 'containerPort', owner: ['containerPort', 'protocol'] };
export const SERVICE_PORT_KEYS: ListKeys = { merge: 'port', owner: ['port', 'protocol'] };

/** Lists of plain values that are merged as sets. */
export const SET_LISTS: ReadonlySet<string> = new Set(['finalizers', 'loadBalancerSourceRanges', 'podCIDRs']);
