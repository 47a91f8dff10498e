import { PROXY_DEFAULTS } from './injector-config';
import type { JsonObject } from './json-object';

const CONFIG_MAPS = { rootCert: 'istio-ca-root-cert', crl: 'istio-ca-crl' };

export function fieldEnv(name: string, fieldPath: string): JsonObject {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}

export function limitEnv(name: string, resource: string): JsonObject {
  return { name, valueFrom: { resourceFieldRef: { resource, divisor: '1' } } };
}

/** The identity that each proxy tells istiod, and how it finds it. */
export function identityEnv(istiodAddress: string): JsonObject[] {
  return [
    { name: 'PILOT_CERT_PROVIDER', value: 'istiod' },
    { name: 'CA_ADDR', value: istiodAddress },
    fieldEnv('POD_NAME', 'metadata.name'),
    fieldEnv('POD_NAMESPACE', 'metadata.namespace'),
    fieldEnv('INSTANCE_IP', 'status.podIP'),
    fieldEnv('SERVICE_ACCOUNT', 'spec.serviceAccountName'),
    fieldEnv('HOST_IP', 'status.hostIP'),
  ];
}

/** Volume mounts of the proxy in the present form. */
export const PROXY_MOUNTS: readonly JsonObject[] = [
  { name: 'workload-socket', mountPath: '/var/run/secrets/workload-spiffe-uds' },
  { name: 'credential-socket', mountPath: '/var/run/secrets/credential-uds' },
  { name: 'workload-certs', mountPath: '/var/run/secrets/workload-spiffe-credentials' },
  { name: 'istiod-ca-cert', mountPath: '/var/run/secrets/istio' },
  { name: 'istio-ca-crl', mountPath: '/var/run/secrets/istio/crl' },
  { name: 'istio-data', mountPath: '/var/lib/istio/data' },
  { name: 'istio-envoy', mountPath: '/etc/istio/proxy' },
  { name: 'istio-token', mountPath: '/var/run/secrets/tokens' },
  { name: 'istio-podinfo', mountPath: '/etc/istio/pod' },
];

export const ENVOY_VOLUME: JsonObject = { name: 'istio-envoy', emptyDir: { medium: 'Memory' } };
export const DATA_VOLUME: JsonObject = { name: 'istio-data', emptyDir: {} };
export const TOKEN_VOLUME: JsonObject = {
  name: 'istio-token',
  projected: {
    sources: [
      {
        serviceAccountToken: {
          audience: PROXY_DEFAULTS.tokenAudience,
          expirationSeconds: 43_200,
          path: 'istio-token',
        },
      },
    ],
  },
};
export const ROOT_CERT_VOLUME: JsonObject = { name: 'istiod-ca-cert', configMap: { name: CONFIG_MAPS.rootCert } };
const CRL_VOLUME: JsonObject = { name: 'istio-ca-crl', configMap: { name: CONFIG_MAPS.crl, optional: true } };

export const LABEL_ITEM: JsonObject = { path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } };
export const ANNOTATION_ITEM: JsonObject = { path: 'annotations', fieldRef: { fieldPath: 'metadata.annotations' } };
const PODINFO_VOLUME: JsonObject = { name: 'istio-podinfo', downwardAPI: { items: [LABEL_ITEM, ANNOTATION_ITEM] } };

/** Volumes of a gateway; a sidecar has one more. */
export const GATEWAY_VOLUMES: readonly JsonObject[] = [
  { name: 'workload-socket', emptyDir: {} },
  { name: 'credential-socket', emptyDir: {} },
  { name: 'workload-certs', emptyDir: {} },
  ENVOY_VOLUME,
  DATA_VOLUME,
  PODINFO_VOLUME,
  TOKEN_VOLUME,
  ROOT_CERT_VOLUME,
];
export const SIDECAR_VOLUMES: readonly JsonObject[] = [...GATEWAY_VOLUMES, CRL_VOLUME];

export const METRICS_PORT: JsonObject = { name: 'http-envoy-prom', containerPort: 15_090, protocol: 'TCP' };

export function readyCheck(): JsonObject {
  return { path: '/healthz/ready', port: 15_021 };
}
