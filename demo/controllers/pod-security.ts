import { forbidden } from '@/demo/server/api-error';
import { numberAt, recordAt, recordsAt, stringAt, stringsAt, valueAt } from '@/demo/server/json-access';
import type { JsonObject, NewObject } from '@/demo/server/object-types';
import type { Store } from '@/demo/server/store';

const LABEL_PREFIX = 'pod-security.kubernetes.io/';

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

/** A finding such as `privileged (container "app" must not set securityContext.privileged=true)`, or undefined. */
type Check = (pod: NewObject) => string | undefined;

function containersOf(pod: NewObject): JsonObject[] {
  return [...recordsAt(pod, 'spec', 'initContainers'), ...recordsAt(pod, 'spec', 'containers')];
}

/** Names of the containers of which something holds. */
function named(pod: NewObject, isBad: (container: JsonObject) => boolean): string[] {
  return containersOf(pod)
    .filter(isBad)
    .map((container) => stringAt(container, 'name') ?? '');
}

function quote(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}

function containers(names: readonly string[]): string {
  return `container${names.length > 1 ? 's' : ''} ${quote(names)}`;
}

function security(container: JsonObject): JsonObject {
  return recordAt(container, 'securityContext');
}

const hostNamespaces: Check = (pod) => {
  const used = ['hostNetwork', 'hostPID', 'hostIPC'].filter((field) => pod.spec?.[field] === true);
  return used.length === 0 ? undefined : `host namespaces (${used.map((field) => `${field}=true`).join(', ')})`;
};

const privileged: Check = (pod) => {
  const bad = named(pod, (container) => security(container).privileged === true);
  return bad.length === 0 ? undefined : `privileged (${containers(bad)} must not set securityContext.privileged=true)`;
};

function addedCapabilities(pod: NewObject, isAllowed: (name: string) => boolean): string | undefined {
  const isBad = (container: JsonObject) =>
    stringsAt(security(container), 'capabilities', 'add').some((name) => !isAllowed(name));
  const bad = named(pod, isBad);
  if (bad.length === 0) return undefined;
  const added = containersOf(pod).flatMap((container) => stringsAt(security(container), 'capabilities', 'add'));
  const names = [...new Set(added.filter((name) => !isAllowed(name)))].sort();
  return `${containers(bad)} must not include ${quote(names)} in securityContext.capabilities.add`;
}

const baselineCapabilities: Check = (pod) => {
  const text = addedCapabilities(pod, (name) => BASELINE_CAPABILITIES.has(name));
  return text === undefined ? undefined : `non-default capabilities (${text})`;
};

const restrictedCapabilities: Check = (pod) => {
  const keeping = named(pod, (container) => !stringsAt(security(container), 'capabilities', 'drop').includes('ALL'));
  const added = addedCapabilities(pod, (name) => name === 'NET_BIND_SERVICE');
  const dropping =
    keeping.length === 0 ? undefined : `${containers(keeping)} must set securityContext.capabilities.drop=["ALL"]`;
  const texts = [dropping, added].filter((text) => text !== undefined);
  return texts.length === 0 ? undefined : `unrestricted capabilities (${texts.join('; ')})`;
};

const hostPaths: Check = (pod) => {
  const volumes = recordsAt(pod, 'spec', 'volumes').filter((volume) => volume.hostPath !== undefined);
  const names = volumes.map((volume) => stringAt(volume, 'name') ?? '');
  return names.length === 0 ? undefined : `hostPath volumes (volume${names.length > 1 ? 's' : ''} ${quote(names)})`;
};

const hostPorts: Check = (pod) => {
  const portsOf = (container: JsonObject) =>
    recordsAt(container, 'ports').flatMap((port) => {
      const hostPort = numberAt(port, 'hostPort') ?? 0;
      return hostPort === 0 ? [] : [hostPort];
    });
  const bad = named(pod, (container) => portsOf(container).length > 0);
  const ports = [...new Set(containersOf(pod).flatMap(portsOf))].sort((left, right) => left - right);
  if (bad.length === 0) return undefined;
  const verb = bad.length > 1 ? 'use' : 'uses';
  return `hostPort (${containers(bad)} ${verb} hostPort${ports.length > 1 ? 's' : ''} ${ports.join(', ')})`;
};

const restrictedVolumes: Check = (pod) => {
  const bad = recordsAt(pod, 'spec', 'volumes').filter(
    (volume) => !RESTRICTED_VOLUMES.some((type) => volume[type] !== undefined),
  );
  if (bad.length === 0) return undefined;
  const names = bad.map((volume) => stringAt(volume, 'name') ?? '');
  const types = bad.map((volume) => Object.keys(volume).find((key) => key !== 'name') ?? 'unknown');
  const plural = names.length > 1;
  return `restricted volume types (volume${plural ? 's' : ''} ${quote(names)} ${plural ? 'use' : 'uses'} restricted volume type${plural ? 's' : ''} ${quote([...new Set(types)])})`;
};

const privilegeEscalation: Check = (pod) => {
  const bad = named(pod, (container) => security(container).allowPrivilegeEscalation !== false);
  if (bad.length === 0) return undefined;
  return `allowPrivilegeEscalation != false (${containers(bad)} must set securityContext.allowPrivilegeEscalation=false)`;
};

const nonRoot: Check = (pod) => {
  const ofPod = valueAt(pod, 'spec', 'securityContext', 'runAsNonRoot');
  const bad = named(pod, (container) => security(container).runAsNonRoot === false);
  const setters = [...(ofPod === false ? ['pod'] : []), ...(bad.length > 0 ? [containers(bad)] : [])];
  if (setters.length > 0)
    return `runAsNonRoot != true (${setters.join(' and ')} must not set securityContext.runAsNonRoot=false)`;
  const silent = named(pod, (container) => security(container).runAsNonRoot === undefined);
  if (ofPod === true || silent.length === 0) return undefined;
  return `runAsNonRoot != true (pod or ${containers(silent)} must set securityContext.runAsNonRoot=true)`;
};

const rootUser: Check = (pod) => {
  const bad = named(pod, (container) => security(container).runAsUser === 0);
  const ofPod = valueAt(pod, 'spec', 'securityContext', 'runAsUser') === 0 ? ['pod'] : [];
  const setters = [...ofPod, ...(bad.length > 0 ? [containers(bad)] : [])];
  return setters.length === 0 ? undefined : `runAsUser=0 (${setters.join(' and ')} must not set runAsUser=0)`;
};

const seccomp: Check = (pod) => {
  const typeOf = (holder: unknown) => stringAt(holder, 'securityContext', 'seccompProfile', 'type');
  const isGood = (type: string | undefined) => type === 'RuntimeDefault' || type === 'Localhost';
  if (isGood(typeOf(pod.spec))) return undefined;
  const silent = named(pod, (container) => !isGood(typeOf(container)));
  if (silent.length === 0) return undefined;
  const wanted = 'securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"';
  return `seccompProfile (pod or ${containers(silent)} must set ${wanted})`;
};

const BASELINE: readonly Check[] = [hostNamespaces, privileged, baselineCapabilities, hostPaths, hostPorts];
const RESTRICTED: readonly Check[] = [
  hostNamespaces,
  privileged,
  hostPorts,
  privilegeEscalation,
  restrictedCapabilities,
  restrictedVolumes,
  nonRoot,
  rootUser,
  seccomp,
];

interface Policy {
  readonly level: string;
  readonly version: string;
}

/** What a namespace's labels say for a mode; who is to be warned of nothing else is warned of what is enforced. */
function policyOf(labels: Readonly<Record<string, string>>, mode: 'enforce' | 'warn'): Policy {
  const level = labels[`${LABEL_PREFIX}${mode}`];
  if (level === undefined && mode === 'warn') return policyOf(labels, 'enforce');
  return { level: level ?? 'privileged', version: labels[`${LABEL_PREFIX}${mode}-version`] ?? 'latest' };
}

const labelsOf = (store: Store, namespace = '') => store.get('namespaces', { name: namespace })?.metadata.labels ?? {};

/** How a pod violates the standard, in words; undefined when it does not. */
function violation(pod: NewObject, { level, version }: Policy): string | undefined {
  const checks = level === 'restricted' ? RESTRICTED : level === 'baseline' ? BASELINE : [];
  const findings = checks.map((check) => check(pod)).filter((finding) => finding !== undefined);
  return findings.length === 0 ? undefined : `PodSecurity "${level}:${version}": ${findings.join(', ')}`;
}

/**
 * Refuses a pod that violates the Pod Security Standard which its namespace enforces.
 *
 * Source: Kubernetes, staging/src/k8s.io/pod-security-admission, policy and admission.
 */
export function checkPodSecurity(store: Store, pod: NewObject): void {
  const found = violation(pod, policyOf(labelsOf(store, pod.metadata.namespace), 'enforce'));
  if (found === undefined) return;
  throw forbidden({ group: '', plural: 'pods', name: pod.metadata.name ?? '' }, `violates ${found}`);
}

/** What the author of a pod or of a workload's template is warned of. */
export function warnOfPodSecurity(store: Store, object: NewObject, podSpec: JsonObject): string[] {
  const policy = policyOf(labelsOf(store, object.metadata.namespace), 'warn');
  const metadata = recordAt(object, 'spec', 'template', 'metadata');
  const pod = { ...object, metadata: { ...metadata, namespace: object.metadata.namespace ?? '' }, spec: podSpec };
  const found = violation(pod, policy);
  return found === undefined ? [] : [`would violate ${found}`];
}
