import { ANNOTATIONS } from './annotation-names';
import { PROXY_DEFAULTS, PROXY_UID } from './injector-config';
import type { JsonObject } from './json-object';
import { ownerUrl } from './pod-identity';
import { initContainer, type ProxySettings, podPortsText, proxyResources } from './proxy-settings';
import {
  ANNOTATION_ITEM,
  DATA_VOLUME,
  ENVOY_VOLUME,
  fieldEnv,
  identityEnv,
  LABEL_ITEM,
  METRICS_PORT,
  ROOT_CERT_VOLUME,
  readyCheck,
  TOKEN_VOLUME,
} from './sidecar-parts';
import { appContainersEnv, defaultContainer, workloadEnv } from './sidecar-template';
import type { TemplateResult } from './template-result';

/** The sidecar as releases around 1.10 added it: an ordinary container, with `istio-init` after the pod's own init containers. */
export function renderClassicSidecar(pod: JsonObject, settings: ProxySettings): TemplateResult {
  return {
    labels: {
      'security.istio.io/tlsMode': settings.labels['security.istio.io/tlsMode'] || 'istio',
      'service.istio.io/canonical-name': settings.identity.canonicalName,
      'service.istio.io/canonical-revision': settings.identity.canonicalRevision,
      'istio.io/rev': settings.config.revision,
    },
    annotations: settings.apps.length === 1 ? defaultContainer(settings) : {},
    initContainers: settings.mode === 'NONE' ? [] : [initContainer(settings)],
    containers: [proxyContainer(pod, settings)],
    volumes: [ENVOY_VOLUME, DATA_VOLUME, podInfoVolume(), TOKEN_VOLUME, ROOT_CERT_VOLUME],
    podSecurityContext: { fsGroup: PROXY_UID },
    isRevisionNamed: false,
  };
}

function podInfoVolume(): JsonObject {
  const resource = (path: string, name: string): JsonObject => ({
    path,
    resourceFieldRef: { containerName: 'istio-proxy', resource: name, divisor: '1m' },
  });
  const items = [
    LABEL_ITEM,
    ANNOTATION_ITEM,
    resource('cpu-limit', 'limits.cpu'),
    resource('cpu-request', 'requests.cpu'),
  ];
  return { name: 'istio-podinfo', downwardAPI: { items } };
}

function proxyContainer(pod: JsonObject, settings: ProxySettings): JsonObject {
  const { annotations, identity, isTproxy } = settings;
  return {
    name: 'istio-proxy',
    image: settings.image,
    args: [
      'proxy',
      'sidecar',
      '--domain',
      `$(POD_NAMESPACE).svc.${PROXY_DEFAULTS.clusterDomain}`,
      '--serviceCluster',
      `${identity.canonicalName}.$(POD_NAMESPACE)`,
      `--proxyLogLevel=${annotations[ANNOTATIONS.logLevel] ?? PROXY_DEFAULTS.logLevel}`,
      `--proxyComponentLogLevel=${annotations[ANNOTATIONS.componentLogLevel] ?? PROXY_DEFAULTS.componentLogLevel}`,
      `--log_output_level=${annotations[ANNOTATIONS.agentLogLevel] ?? PROXY_DEFAULTS.agentLogLevel}`,
      '--concurrency',
      '2',
    ],
    ports: [METRICS_PORT],
    env: proxyEnv(pod, settings),
    resources: proxyResources(settings),
    volumeMounts: [
      { name: 'istiod-ca-cert', mountPath: '/var/run/secrets/istio' },
      { name: 'istio-data', mountPath: '/var/lib/istio/data' },
      { name: 'istio-envoy', mountPath: '/etc/istio/proxy' },
      { name: 'istio-token', mountPath: '/var/run/secrets/tokens' },
      { name: 'istio-podinfo', mountPath: '/etc/istio/pod' },
    ],
    readinessProbe: {
      httpGet: readyCheck(),
      initialDelaySeconds: Number(annotations[ANNOTATIONS.readinessDelay] ?? 1),
      timeoutSeconds: 3,
      periodSeconds: Number(annotations[ANNOTATIONS.readinessPeriod] ?? 2),
      failureThreshold: Number(annotations[ANNOTATIONS.readinessFailures] ?? 30),
    },
    securityContext: {
      capabilities: isTproxy ? { add: ['NET_ADMIN'], drop: ['ALL'] } : { drop: ['ALL'] },
      privileged: false,
      runAsUser: isTproxy ? 0 : PROXY_UID,
      runAsGroup: PROXY_UID,
      runAsNonRoot: !isTproxy,
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
    },
  };
}

function proxyEnv(pod: JsonObject, { config, identity, apps, mode }: ProxySettings): JsonObject[] {
  return [
    { name: 'JWT_POLICY', value: 'third-party-jwt' },
    ...identityEnv(config.istiodAddress),
    fieldEnv('CANONICAL_SERVICE', "metadata.labels['service.istio.io/canonical-name']"),
    fieldEnv('CANONICAL_REVISION', "metadata.labels['service.istio.io/canonical-revision']"),
    { name: 'PROXY_CONFIG', value: '{}\n' },
    { name: 'ISTIO_META_POD_PORTS', value: podPortsText(pod) },
    appContainersEnv(apps),
    { name: 'ISTIO_META_CLUSTER_ID', value: PROXY_DEFAULTS.clusterId },
    { name: 'ISTIO_META_INTERCEPTION_MODE', value: mode },
    ...(identity.name === '' ? [] : workloadEnv(identity.name, ownerUrl(identity))),
    { name: 'ISTIO_META_MESH_ID', value: PROXY_DEFAULTS.trustDomain },
    { name: 'TRUST_DOMAIN', value: PROXY_DEFAULTS.trustDomain },
  ];
}
