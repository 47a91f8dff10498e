import { AGE, count, countAsText, countAt, firstOf, NAME, orNone, PLAIN_SELECTOR, text, textAt } from './columns';
import { ageOf } from './human-duration';
import { isRecord, numberAt, recordAt, recordsAt, stringAt, stringMapAt, stringsAt } from './json-access';
import type { Column } from './kind-row';
import type { KubeObject } from './object-types';

function externalIps(service: KubeObject): string {
  const ingress = recordsAt(service, 'status', 'loadBalancer', 'ingress').map(
    (item) => stringAt(item, 'ip') ?? stringAt(item, 'hostname') ?? '',
  );
  const given = stringsAt(service, 'spec', 'externalIPs');
  const type = stringAt(service, 'spec', 'type');
  if (type === 'ExternalName') return stringAt(service, 'spec', 'externalName') ?? '';
  if (type !== 'LoadBalancer') return orNone(given.join(','));
  const all = [...ingress, ...given];
  return all.length === 0 ? '<pending>' : all.join(',');
}

function portsText(service: KubeObject): string {
  const ports = recordsAt(service, 'spec', 'ports').map(({ port, nodePort, protocol }) => {
    const node = typeof nodePort === 'number' && nodePort > 0 ? `:${nodePort}` : '';
    return `${String(port)}${node}/${String(protocol ?? 'TCP')}`;
  });
  return orNone(ports.join(','));
}

function endpointsText(endpoints: KubeObject): string {
  const all = recordsAt(endpoints, 'subsets').flatMap((subset) => {
    const addresses = recordsAt(subset, 'addresses').map((address) => stringAt(address, 'ip') ?? '');
    const ports = recordsAt(subset, 'ports').map((port) => numberAt(port, 'port') ?? 0);
    if (ports.length === 0) return addresses;
    return ports.flatMap((port) => addresses.map((address) => `${address}:${port}`));
  });
  return firstOf(all);
}

function nodeStatus(node: KubeObject): string {
  const ready = recordsAt(node, 'status', 'conditions').find(({ type }) => type === 'Ready');
  const base = ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady';
  return recordAt(node, 'spec').unschedulable === true ? `${base},SchedulingDisabled` : base;
}

function nodeRoles(node: KubeObject): string {
  const prefix = 'node-role.kubernetes.io/';
  const roles = Object.keys(node.metadata.labels ?? {}).filter((label) => label.startsWith(prefix));
  return orNone(
    roles
      .map((label) => label.slice(prefix.length))
      .sort()
      .join(','),
  );
}

const nodeAddress = (wanted: string) => (node: KubeObject) =>
  orNone(
    stringAt(
      recordsAt(node, 'status', 'addresses').find(({ type }) => type === wanted),
      'address',
    ) ?? '',
  );
const nodeInfo = (field: string) => (node: KubeObject) => stringAt(node, 'status', 'nodeInfo', field) ?? '<unknown>';

const sizeOf =
  (...fields: readonly string[]) =>
  (object: KubeObject) =>
    fields.reduce((sum, field) => sum + Object.keys(recordAt(object, field)).length, 0);

function quotaText(quota: KubeObject, isLimits: boolean): string {
  const hard = stringMapAt(quota, 'status', 'hard');
  const used = stringMapAt(quota, 'status', 'used');
  const names = Object.keys(hard)
    .filter((name) => name.startsWith('limits') === isLimits)
    .sort();
  return names.map((name) => `${name}: ${used[name] ?? '0'}/${hard[name] ?? ''}`).join(', ');
}

export const NAMESPACE_COLUMNS: readonly Column[] = [NAME, text('Status', textAt('status', 'phase')), AGE];
export const SERVICE_COLUMNS: readonly Column[] = [
  NAME,
  text('Type', textAt('spec', 'type')),
  text('Cluster-IP', (service) => orNone(stringAt(service, 'spec', 'clusterIP') ?? '')),
  text('External-IP', externalIps),
  text('Port(s)', portsText),
  AGE,
  PLAIN_SELECTOR,
];
export const ENDPOINTS_COLUMNS: readonly Column[] = [NAME, text('Endpoints', endpointsText), AGE];
export const ENDPOINT_SLICE_COLUMNS: readonly Column[] = [
  NAME,
  text('AddressType', textAt('addressType')),
  text('Ports', (slice) => {
    const ports = recordsAt(slice, 'ports').map((port) => String(numberAt(port, 'port') ?? '*'));
    return ports.length === 0 ? '<unset>' : firstOf(ports);
  }),
  text('Endpoints', (slice) => {
    const addresses = recordsAt(slice, 'endpoints').flatMap((endpoint) => stringsAt(endpoint, 'addresses'));
    return addresses.length === 0 ? '<unset>' : firstOf(addresses);
  }),
  AGE,
];
export const NODE_COLUMNS: readonly Column[] = [
  NAME,
  text('Status', nodeStatus),
  text('Roles', nodeRoles),
  AGE,
  text('Version', textAt('status', 'nodeInfo', 'kubeletVersion')),
  text('Internal-IP', nodeAddress('InternalIP'), 1),
  text('External-IP', nodeAddress('ExternalIP'), 1),
  text('OS-Image', nodeInfo('osImage'), 1),
  text('Kernel-Version', nodeInfo('kernelVersion'), 1),
  text('Container-Runtime', nodeInfo('containerRuntimeVersion'), 1),
];
export const CONFIG_MAP_COLUMNS: readonly Column[] = [NAME, countAsText('Data', sizeOf('data', 'binaryData')), AGE];
export const SECRET_COLUMNS: readonly Column[] = [
  NAME,
  text('Type', textAt('type')),
  countAsText('Data', sizeOf('data')),
  AGE,
];
export const SERVICE_ACCOUNT_COLUMNS: readonly Column[] = [NAME, AGE];

const seen =
  (...fields: readonly string[]) =>
  (event: KubeObject, now: number) => {
    const at = fields.map((field) => event[field]).find((value) => typeof value === 'string');
    return ageOf(at, now);
  };

export const EVENT_COLUMNS: readonly Column[] = [
  text('Last Seen', seen('lastTimestamp', 'eventTime', 'firstTimestamp')),
  text('Type', textAt('type')),
  text('Reason', textAt('reason')),
  text('Object', (event) => {
    const { kind, name } = recordAt(event, 'involvedObject');
    return `${String(kind ?? '').toLowerCase()}/${String(name ?? '')}`;
  }),
  text('Subobject', textAt('involvedObject', 'fieldPath'), 1),
  text(
    'Source',
    (event) => {
      const host = stringAt(event, 'source', 'host');
      const component = stringAt(event, 'source', 'component') ?? stringAt(event, 'reportingComponent') ?? '';
      return host === undefined ? component : `${component}, ${host}`;
    },
    1,
  ),
  text('Message', (event) => (stringAt(event, 'message') ?? '').trim()),
  text('First Seen', seen('firstTimestamp', 'eventTime'), 1),
  countAsText('Count', (event) => numberAt(event, 'count') ?? 1, 1),
  { ...NAME, priority: 1 },
];
export const CLAIM_COLUMNS: readonly Column[] = [
  NAME,
  text('Status', textAt('status', 'phase')),
  text('Volume', textAt('spec', 'volumeName')),
  text('Capacity', textAt('status', 'capacity', 'storage')),
  text('Access Modes', (claim) => {
    const short = stringsAt(claim, 'status', 'accessModes').map((mode) => mode.replace(/[a-z]/g, ''));
    return short.join(',');
  }),
  text('StorageClass', textAt('spec', 'storageClassName')),
  text('VolumeAttributesClass', (claim) => stringAt(claim, 'spec', 'volumeAttributesClassName') ?? '<unset>'),
  AGE,
  text('VolumeMode', (claim) => stringAt(claim, 'spec', 'volumeMode') ?? '<unset>', 1),
];
export const QUOTA_COLUMNS: readonly Column[] = [
  NAME,
  text('Request', (quota) => quotaText(quota, false)),
  text('Limit', (quota) => quotaText(quota, true)),
  AGE,
];
export const LEASE_COLUMNS: readonly Column[] = [NAME, text('Holder', textAt('spec', 'holderIdentity')), AGE];
export const WEBHOOK_COLUMNS: readonly Column[] = [
  NAME,
  count('Webhooks', (configuration) => recordsAt(configuration, 'webhooks').length),
  AGE,
];

const subjects = (kind: string) => (binding: KubeObject) => {
  const found = recordsAt(binding, 'subjects').filter((subject) => subject.kind === kind);
  return found
    .map(({ namespace, name }) => (kind === 'ServiceAccount' ? `${String(namespace)}/${String(name)}` : String(name)))
    .join(', ');
};

export const BINDING_COLUMNS: readonly Column[] = [
  NAME,
  text('Role', (binding) => {
    const { kind, name } = recordAt(binding, 'roleRef');
    return `${String(kind ?? '')}/${String(name ?? '')}`;
  }),
  AGE,
  text('Users', subjects('User'), 1),
  text('Groups', subjects('Group'), 1),
  text('ServiceAccounts', subjects('ServiceAccount'), 1),
];
const intOrText = (object: KubeObject, field: string) => {
  const value = recordAt(object, 'spec')[field];
  return value === undefined ? 'N/A' : String(value);
};
export const BUDGET_COLUMNS: readonly Column[] = [
  NAME,
  text('Min Available', (budget) => intOrText(budget, 'minAvailable')),
  text('Max Unavailable', (budget) => intOrText(budget, 'maxUnavailable')),
  count('Allowed Disruptions', countAt('status', 'disruptionsAllowed')),
  AGE,
];

function targetsText(scaler: KubeObject): string {
  const current = recordsAt(scaler, 'status', 'currentMetrics');
  const targets = recordsAt(scaler, 'spec', 'metrics').map((metric, index) => {
    const name = stringAt(metric, 'resource', 'name') ?? '';
    const wanted = recordAt(metric, 'resource', 'target');
    const now = recordAt(current[index], 'resource', 'current');
    if (wanted.averageUtilization !== undefined) {
      const value = now.averageUtilization === undefined ? '<unknown>' : `${String(now.averageUtilization)}%`;
      return `${name}: ${value}/${String(wanted.averageUtilization)}%`;
    }
    return `${name}: ${String(now.averageValue ?? '<unknown>')}/${String(wanted.averageValue ?? '')}`;
  });
  return firstOf(targets);
}

export const SCALER_COLUMNS: readonly Column[] = [
  NAME,
  text('Reference', (scaler) => {
    const { kind, name } = recordAt(scaler, 'spec', 'scaleTargetRef');
    return `${String(kind ?? '')}/${String(name ?? '')}`;
  }),
  text('Targets', targetsText),
  text('MinPods', (scaler) => String(numberAt(scaler, 'spec', 'minReplicas') ?? '<unset>')),
  countAsText('MaxPods', countAt('spec', 'maxReplicas')),
  countAsText('Replicas', countAt('status', 'currentReplicas')),
  AGE,
];

/** Printer columns of a custom resource: name and path, as its definition lists them. */
export function customColumns(...columns: readonly (readonly [name: string, ...path: string[]])[]): readonly Column[] {
  return [
    NAME,
    ...columns.map(([name, ...path]) =>
      text(name, (object) => {
        const found = path.reduce<unknown>((value, step) => (isRecord(value) ? value[step] : undefined), object);
        if (found === undefined || found === null) return '';
        return typeof found === 'string' ? found : JSON.stringify(found);
      }),
    ),
    AGE,
  ];
}
