import { INIT_CONTAINER, PROXY_CONTAINER, VALIDATION_CONTAINER } from '@/lib/core/kube/names';

/** Names that only the reading of one pod needs, each written once. */
export const TEMPLATES_ANNOTATION = 'inject.istio.io/templates';
export const OVERRIDES_ANNOTATION = 'proxy.istio.io/overrides';
export const STATUS_PORT_ANNOTATION = 'status.sidecar.istio.io/port';
export const DISCOVERY_ADDRESS_ANNOTATION = 'sidecar.istio.io/discoveryAddress';
export const REWRITE_PROBES_ANNOTATION = 'sidecar.istio.io/rewriteAppHTTPProbers';
export const LAST_APPLIED_ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration';
export const LIMIT_RANGER_ANNOTATION = 'kubernetes.io/limit-ranger';

export const PROBERS_ENV = 'ISTIO_KUBE_APP_PROBERS';
export const PROMETHEUS_ENV = 'ISTIO_PROMETHEUS_ANNOTATIONS';
const _CLUSTER_ID_ENV = 'ISTIO_META_CLUSTER_ID';
const _NETWORK_ENV = 'ISTIO_META_NETWORK';

/** The volume and mount that the ServiceAccount admission plug-in adds. */
export const TOKEN_VOLUME = /^kube-api-access-[a-z0-9]+$/;
export const TOKEN_MOUNT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Containers that only injection brings. */
export const SETUP_CONTAINERS: readonly string[] = [INIT_CONTAINER, VALIDATION_CONTAINER];
export const INJECTED_CONTAINERS: readonly string[] = [...SETUP_CONTAINERS, PROXY_CONTAINER];

/** Where the agent serves metrics of application, proxy and agent together. */
export const MERGED_METRICS_PATH = '/stats/prometheus';

/** Key forms of one Prometheus annotation are equal after replacing everything but letters, digits and `_`. */
const PROMETHEUS_KEYS: readonly string[] = [
  'prometheus_io_scrape',
  'prometheus_io_port',
  'prometheus_io_path',
  'prometheus_istio_io_scrape_targets',
];

export function isPrometheusKey(key: string): boolean {
  return PROMETHEUS_KEYS.includes(key.replace(/[^a-zA-Z0-9_]/g, '_'));
}
