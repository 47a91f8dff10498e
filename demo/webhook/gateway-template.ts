import { PROXY_DEFAULTS, PROXY_UID } from './injector-config';
import type { JsonObject } from './json-object';
import { ownerUrl } from './pod-identity';
import { type ProxySettings, podPortsText } from './proxy-settings';
import {
  fieldEnv,
  GATEWAY_VOLUMES,
  identityEnv,
  limitEnv,
  METRICS_PORT,
  PROXY_MOUNTS,
  readyCheck,
} from './sidecar-parts';
import { appContainersEnv, defaultContainer, workloadEnv } from './sidecar-template';
import type { TemplateResult } from './template-result';

/** A gateway: the pod's `istio-proxy` container becomes a proxy that serves traffic for others. No rules, no sidecar. */
export function renderGateway(pod: JsonObject, settings: ProxySettings): TemplateResult {
  return {
    labels: {
      'service.istio.io/canonical-name': settings.identity.canonicalName,
      'service.istio.io/canonical-revision': settings.identity.canonicalRevision,
    },
    annotations: { 'istio.io/rev': settings.config.revision, ...defaultContainer(settings) },
    initContainers: [],
    containers: [gatewayContainer(pod, settings)],
    volumes: GATEWAY_VOLUMES,
    podSecurityContext: { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] },
    isRevisionNamed: settings.config.form === 'native',
  };
}

function gatewayContainer(pod: JsonObject, settings: ProxySettings): JsonObject {
  return {
    name: 'istio-proxy',
    image: settings.image,
    args: [
      'proxy',
      'router',
      '--domain',
      `$(POD_NAMESPACE).svc.${PROXY_DEFAULTS.clusterDomain}`,
      `--proxyLogLevel=${PROXY_DEFAULTS.logLevel}`,
      `--proxyComponentLogLevel=${PROXY_DEFAULTS.componentLogLevel}`,
      `--log_output_level=${PROXY_DEFAULTS.agentLogLevel}`,
    ],
    ports: [METRICS_PORT],
    env: gatewayEnv(pod, settings),
    volumeMounts: PROXY_MOUNTS.filter((mount) => mount.name !== 'istio-ca-crl'),
    readinessProbe: { httpGet: readyCheck(), timeoutSeconds: 3, periodSeconds: 15, failureThreshold: 4 },
    securityContext: { runAsUser: PROXY_UID, runAsGroup: PROXY_UID },
  };
}

function gatewayEnv(pod: JsonObject, { config, identity, apps, mode }: ProxySettings): JsonObject[] {
  return [
    ...identityEnv(config.istiodAddress),
    limitEnv('ISTIO_CPU_LIMIT', 'limits.cpu'),
    { name: 'PROXY_CONFIG', value: '{}\n' },
    { name: 'ISTIO_META_POD_PORTS', value: podPortsText(pod) },
    limitEnv('GOMEMLIMIT', 'limits.memory'),
    limitEnv('GOMAXPROCS', 'limits.cpu'),
    appContainersEnv(apps),
    fieldEnv('ISTIO_META_NODE_NAME', 'spec.nodeName'),
    { name: 'ISTIO_META_INTERCEPTION_MODE', value: mode },
    ...(identity.name === '' ? [] : workloadEnv(identity.name, ownerUrl(identity))),
    { name: 'ISTIO_META_MESH_ID', value: PROXY_DEFAULTS.trustDomain },
    { name: 'TRUST_DOMAIN', value: PROXY_DEFAULTS.trustDomain },
    { name: 'ISTIO_META_CLUSTER_ID', value: PROXY_DEFAULTS.clusterId },
  ];
}
