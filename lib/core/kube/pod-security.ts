import type { Container, PodSpec } from './pod-types';

/** A level of the Pod Security Standards that forbids anything. */
export type PodSecurityLevel = 'baseline' | 'restricted';

/** One rule that a pod breaks. */
export interface PodSecurityFinding {
  readonly rule: string;
  /** As the API server words it: `privileged (container "app" must not set securityContext.privileged=true)`. */
  readonly text: string;
}

type Json = Readonly<Record<string, unknown>>;
type Check = (spec: PodSpec) => string | undefined;

const BASELINE_CAPABILITIES: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);
const RESTRICTED_VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];
const SAFE_SYSCTLS: ReadonlySet<string> = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
]);
const ALL_CAPABILITIES = 'ALL';

/**
 * Lists the rules of a Pod Security level that a pod breaks, as the API server would when the pod is created.
 *
 * Output: in the order in which the API server names them; empty when the pod may be created.
 * Not looked at: Windows' host processes, AppArmor and SELinux, which injection never sets.
 * Never throws: a field of another type counts as absent.
 * Source: Kubernetes, staging/src/k8s.io/pod-security-admission/policy.
 */
export function listPodSecurityFindings(spec: PodSpec, level: PodSecurityLevel): readonly PodSecurityFinding[] {
  const checks = level === 'restricted' ? RESTRICTED : BASELINE;
  return Object.entries(checks).flatMap(([rule, check]) => {
    const text = check(spec);
    return text === undefined ? [] : [{ rule, text }];
  });
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const objectAt = (value: unknown, key: string): Json => {
  const found = isJson(value) ? value[key] : undefined;
  return isJson(found) ? found : {};
};
const listAt = (value: unknown, key: string): readonly unknown[] => {
  const found = isJson(value) ? value[key] : undefined;
  return Array.isArray(found) ? found : [];
};
const textAt = (value: unknown, key: string): string | undefined => {
  const found = isJson(value) ? value[key] : undefined;
  return typeof found === 'string' ? found : undefined;
};
const textsAt = (value: unknown, key: string): readonly string[] =>
  listAt(value, key).filter((item) => typeof item === 'string');

const security = (holder: unknown): Json => objectAt(holder, 'securityContext');
const containersOf = (spec: PodSpec): readonly Container[] => [
  ...(spec.initContainers ?? []),
  ...(spec.containers ?? []),
];
const volumesOf = (spec: PodSpec): readonly Json[] => listAt(spec, 'volumes').filter(isJson);

/** Names of the containers of which something holds. */
function named(spec: PodSpec, isBad: (container: Container) => boolean): readonly string[] {
  return containersOf(spec)
    .filter(isBad)
    .map(({ name }) => name);
}

function quote(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}

const plural = (names: readonly unknown[]): string => (names.length > 1 ? 's' : '');
const containers = (names: readonly string[]): string => `container${plural(names)} ${quote(names)}`;

const hostNamespaces: Check = (spec) => {
  const fields: Json = { ...spec };
  const used = ['hostNetwork', 'hostPID', 'hostIPC'].filter((field) => fields[field] === true);
  return used.length === 0 ? undefined : `host namespaces (${used.map((field) => `${field}=true`).join(', ')})`;
};

const privileged: Check = (spec) => {
  const bad = named(spec, (container) => security(container).privileged === true);
  return bad.length === 0 ? undefined : `privileged (${containers(bad)} must not set securityContext.privileged=true)`;
};

const capabilities = (container: Container, key: 'add' | 'drop') =>
  textsAt(objectAt(security(container), 'capabilities'), key);

function addedCapabilities(spec: PodSpec, isAllowed: (name: string) => boolean): string | undefined {
  const bad = named(spec, (container) => capabilities(container, 'add').some((name) => !isAllowed(name)));
  if (bad.length === 0) return undefined;
  const added = containersOf(spec).flatMap((container) => capabilities(container, 'add'));
  const names = [...new Set(added.filter((name) => !isAllowed(name)))].sort();
  return `${containers(bad)} must not include ${quote(names)} in securityContext.capabilities.add`;
}

const baselineCapabilities: Check = (spec) => {
  const text = addedCapabilities(spec, (name) => BASELINE_CAPABILITIES.has(name));
  return text === undefined ? undefined : `non-default capabilities (${text})`;
};

const restrictedCapabilities: Check = (spec) => {
  const keeping = named(spec, (container) => !capabilities(container, 'drop').includes(ALL_CAPABILITIES));
  const added = addedCapabilities(spec, (name) => name === 'NET_BIND_SERVICE');
  const dropping =
    keeping.length === 0 ? undefined : `${containers(keeping)} must set securityContext.capabilities.drop=["ALL"]`;
  const texts = [dropping, added].filter((text) => text !== undefined);
  return texts.length === 0 ? undefined : `unrestricted capabilities (${texts.join('; ')})`;
};

const hostPaths: Check = (spec) => {
  const names = volumesOf(spec).flatMap((volume) =>
    volume.hostPath === undefined ? [] : [textAt(volume, 'name') ?? ''],
  );
  return names.length === 0 ? undefined : `hostPath volumes (volume${plural(names)} ${quote(names)})`;
};

const hostPorts: Check = (spec) => {
  const portsOf = ({ ports }: Container) =>
    (ports ?? []).flatMap(({ hostPort = 0 }) => (hostPort === 0 ? [] : [hostPort]));
  const bad = named(spec, (container) => portsOf(container).length > 0);
  const ports = [...new Set(containersOf(spec).flatMap(portsOf))].sort((left, right) => left - right);
  if (bad.length === 0) return undefined;
  return `hostPort (${containers(bad)} ${bad.length > 1 ? 'use' : 'uses'} hostPort${plural(ports)} ${ports.join(', ')})`;
};

const restrictedVolumes: Check = (spec) => {
  const bad = volumesOf(spec).filter((volume) => !RESTRICTED_VOLUMES.some((type) => volume[type] !== undefined));
  if (bad.length === 0) return undefined;
  const names = bad.map((volume) => textAt(volume, 'name') ?? '');
  const types = bad.map((volume) => Object.keys(volume).find((key) => key !== 'name') ?? 'unknown');
  const verb = names.length > 1 ? 'use' : 'uses';
  const kinds = quote([...new Set(types)]);
  return `restricted volume types (volume${plural(names)} ${quote(names)} ${verb} restricted volume type${plural(names)} ${kinds})`;
};

const privilegeEscalation: Check = (spec) => {
  const bad = named(spec, (container) => security(container).allowPrivilegeEscalation !== false);
  if (bad.length === 0) return undefined;
  return `allowPrivilegeEscalation != false (${containers(bad)} must set securityContext.allowPrivilegeEscalation=false)`;
};

const nonRoot: Check = (spec) => {
  const ofPod = security(spec).runAsNonRoot;
  const bad = named(spec, (container) => security(container).runAsNonRoot === false);
  const setters = [...(ofPod === false ? ['pod'] : []), ...(bad.length > 0 ? [containers(bad)] : [])];
  if (setters.length > 0)
    return `runAsNonRoot != true (${setters.join(' and ')} must not set securityContext.runAsNonRoot=false)`;
  const silent = named(spec, (container) => security(container).runAsNonRoot === undefined);
  if (ofPod === true || silent.length === 0) return undefined;
  return `runAsNonRoot != true (pod or ${containers(silent)} must set securityContext.runAsNonRoot=true)`;
};

const rootUser: Check = (spec) => {
  const bad = named(spec, (container) => security(container).runAsUser === 0);
  const ofPod = security(spec).runAsUser === 0 ? ['pod'] : [];
  const setters = [...ofPod, ...(bad.length > 0 ? [containers(bad)] : [])];
  return setters.length === 0 ? undefined : `runAsUser=0 (${setters.join(' and ')} must not set runAsUser=0)`;
};

const seccompType = (holder: unknown) => textAt(objectAt(security(holder), 'seccompProfile'), 'type');

const seccomp: Check = (spec) => {
  const isGood = (type: string | undefined) => type === 'RuntimeDefault' || type === 'Localhost';
  if (isGood(seccompType(spec))) return undefined;
  const silent = named(spec, (container) => !isGood(seccompType(container)));
  if (silent.length === 0) return undefined;
  const wanted = 'securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"';
  return `seccompProfile (pod or ${containers(silent)} must set ${wanted})`;
};

const unconfined: Check = (spec) => {
  const bad = named(spec, (container) => seccompType(container) === 'Unconfined');
  const setters = [
    ...(seccompType(spec) === 'Unconfined' ? ['pod'] : []),
    ...(bad.length > 0 ? [containers(bad)] : []),
  ];
  if (setters.length === 0) return undefined;
  return `seccompProfile (${setters.join(' and ')} must not set securityContext.seccompProfile.type to "Unconfined")`;
};

const procMount: Check = (spec) => {
  const isBad = (container: Container) => (textAt(security(container), 'procMount') ?? 'Default') !== 'Default';
  const bad = named(spec, isBad);
  if (bad.length === 0) return undefined;
  const values = [
    ...new Set(
      containersOf(spec)
        .filter(isBad)
        .map((each) => textAt(security(each), 'procMount') ?? ''),
    ),
  ];
  return `procMount (${containers(bad)} must not set securityContext.procMount to ${quote(values)})`;
};

const sysctls: Check = (spec) => {
  const names = listAt(security(spec), 'sysctls').flatMap((entry) => textAt(entry, 'name') ?? []);
  const bad = names.filter((name) => !SAFE_SYSCTLS.has(name));
  return bad.length === 0 ? undefined : `forbidden sysctls (${bad.join(', ')})`;
};

/** By rule, in the order in which they are named. */
const BASELINE: Readonly<Record<string, Check>> = {
  hostNamespaces,
  privileged,
  baselineCapabilities,
  hostPaths,
  hostPorts,
  procMount,
  unconfined,
  sysctls,
};
const RESTRICTED: Readonly<Record<string, Check>> = {
  hostNamespaces,
  privileged,
  hostPorts,
  procMount,
  sysctls,
  privilegeEscalation,
  restrictedCapabilities,
  restrictedVolumes,
  nonRoot,
  rootUser,
  seccomp,
};
