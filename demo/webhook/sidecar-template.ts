import { ANNOTATIONS } from './annotation-names';
import { PROXY_DEFAULTS, PROXY_UID } from './injector-config';
import { type JsonObject, textAt } from './json-object';
import { ownerUrl } from './pod-identity';
import { initContainer, type ProxySettings, podPortsText, proxyResources } from './proxy-settings';
import {
  fieldEnv,
  identityEnv,
  limitEnv,
  METRICS_PORT,
  PROXY_MOUNTS,
  readyCheck,
  SIDECAR_VOLUMES,
} from './sidecar-parts';
import type { TemplateResult } from './template-result';

/** The sidecar as present releases add it: a native sidecar unless the pod asks otherwise. */
export function renderSidecar(pod: JsonObject, settings: ProxySettings): TemplateResult {
  const proxy = proxyContainer(pod, settings);
  const setup = settings.mode === 'NONE' ? [] : [initContainer(settings)];
  return {
    labels: {
      'security.istio.io/tlsMode': settings.labels['security.istio.io/tlsMode'] || 'istio',
      'service.istio.io/canonical-name': settings.identity.canonicalName,
      'service.istio.io/canonical-revision': settings.identity.canonicalRevision,
    },
    annotations: { 'istio.io/rev': settings.config.revision, ...defaultContainer(settings) },
    initContainers: settings.isNative ? [...setup, proxy] : setup,
    containers: settings.isNative ? [] : [proxy],
    volumes: SIDECAR_VOLUMES,
    podSecurityContext: {},
    isRevisionNamed: true,
  };
}

/** Tells kubectl which container people mean; what the pod says itself stays. */
export function defaultContainer({ apps, annotations }: ProxySettings): Record<string, string> {
  const first = textAt(apps[0], 'name');
  const names = ['kubectl.kubernetes.io/default-logs-container', 'kubectl.kubernetes.io/default-container'];
  const missing = first === '' ? [] : names.filter((name) => annotations[name] === undefined);
  return Object.fromEntries(missing.map((name) => [name, first]));
}

function proxyContainer(pod: JsonObject, settings: ProxySettings): JsonObject {
  const { annotations, isNative, statusPort } = settings;
  const drain = ['pilot-agent', 'request', `--debug-port=${statusPort}`, 'POST', 'drain'];
  return {
    name: 'istio-proxy',
    image: settings.image,
    args: [
      'proxy',
      'sidecar',
      '--domain',
      `$(POD_NAMESPACE).svc.${PROXY_DEFAULTS.clusterDomain}`,
      `--proxyLogLevel=${annotations[ANNOTATIONS.logLevel] ?? PROXY_DEFAULTS.logLevel}`,
      `--proxyComponentLogLevel=${annotations[ANNOTATIONS.componentLogLevel] ?? PROXY_DEFAULTS.componentLogLevel}`,
      `--log_output_level=${annotations[ANNOTATIONS.agentLogLevel] ?? PROXY_DEFAULTS.agentLogLevel}`,
    ],
    ports: [METRICS_PORT],
    env: proxyEnv(pod, settings),
    resources: proxyResources(settings),
    ...(isNative ? { restartPolicy: 'Always', lifecycle: { preStop: { exec: { command: drain } } } } : {}),
    volumeMounts: PROXY_MOUNTS,
    ...(statusPort === '0' ? {} : probes(annotations)),
    securityContext: proxySecurity(settings.isTproxy),
  };
}

function probes(annotations: Readonly<Record<string, string>>): JsonObject {
  const delay = Number(annotations[ANNOTATIONS.readinessDelay] ?? 0);
  const ready = {
    httpGet: readyCheck(),
    ...(delay > 0 ? { initialDelaySeconds: delay } : {}),
    timeoutSeconds: 3,
    periodSeconds: Number(annotations[ANNOTATIONS.readinessPeriod] ?? 15),
    failureThreshold: Number(annotations[ANNOTATIONS.readinessFailures] ?? 4),
  };
  return {
    readinessProbe: ready,
    startupProbe: { httpGet: readyCheck(), timeoutSeconds: 3, periodSeconds: 1, failureThreshold: 600 },
  };
}

// Transparent proxying binds foreign addresses, which takes root and NET_ADMIN.
function proxySecurity(isTproxy: boolean): JsonObject {
  return {
    capabilities: isTproxy ? { add: ['NET_ADMIN'], drop: ['ALL'] } : { drop: ['ALL'] },
    privileged: false,
    runAsUser: isTproxy ? 0 : PROXY_UID,
    runAsGroup: PROXY_UID,
    runAsNonRoot: !isTproxy,
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
  };
}

function proxyEnv(pod: JsonObject, { config, identity, apps, mode }: ProxySettings): JsonObject[] {
  return [
    ...identityEnv(config.istiodAddress),
    limitEnv('ISTIO_CPU_LIMIT', 'limits.cpu'),
    { name: 'PROXY_CONFIG', value: '{}\n' },
    { name: 'ISTIO_META_POD_PORTS', value: podPortsText(pod) },
    appContainersEnv(apps),
    limitEnv('GOMEMLIMIT', 'limits.memory'),
    limitEnv('GOMAXPROCS', 'limits.cpu'),
    fieldEnv('ISTIO_META_NODE_NAME', 'spec.nodeName'),
    { name: 'ISTIO_META_INTERCEPTION_MODE', value: mode },
    ...(identity.name === '' ? [] : workloadEnv(identity.name, ownerUrl(identity))),
    { name: 'ISTIO_META_MESH_ID', value: PROXY_DEFAULTS.trustDomain },
    { name: 'TRUST_DOMAIN', value: PROXY_DEFAULTS.trustDomain },
    { name: 'ISTIO_META_CLUSTER_ID', value: PROXY_DEFAULTS.clusterId },
  ];
}

export function workloadEnv(name: string, owner: string): JsonObject[] {
  return [
    { name: 'ISTIO_META_WORKLOAD_NAME', value: name },
    { name: 'ISTIO_META_OWNER', value: owner },
  ];
}

/** Names of the application's containers; Go leaves an empty value out. */
export function appContainersEnv(apps: readonly JsonObject[]): JsonObject {
  const value = apps.map((container) => textAt(container, 'name')).join(',');
  return { name: 'ISTIO_META_APP_CONTAINERS', ...(value === '' ? {} : { value }) };
}
