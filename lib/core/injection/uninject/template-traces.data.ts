import { INIT_CONTAINER, PROXY_CONTAINER, VALIDATION_CONTAINER } from '@/lib/core/kube/names';

export const TEMPLATE_CONTAINERS: ReadonlySet<string> = new Set([
  PROXY_CONTAINER,
  INIT_CONTAINER,
  VALIDATION_CONTAINER,
  'enable-core-dump',
  'grpc-bootstrap-init',
]);

/** What the templates of Istio's own charts, 1.10 to 1.31, bring by fixed names. Source: Istio, manifests/charts/istio-control/istio-discovery/files. */
export const TEMPLATE_VOLUMES: ReadonlySet<string> = new Set([
  'workload-socket',
  'credential-socket',
  'workload-certs',
  'gke-workload-certificate',
  'custom-bootstrap-volume',
  'istio-envoy',
  'istio-data',
  'istio-podinfo',
  'istio-token',
  'istio-kubeconfig',
  'istiod-ca-cert',
  'istio-ca-crl',
  'istio-certs',
  'istio-xds',
  'lightstep-certs',
  'grpc-io-proxyless-bootstrap',
]);

/** The sources that templates give to volumes; another one beside it was the author's. */
export const VOLUME_SOURCES: ReadonlyMap<string, readonly string[]> = new Map([
  ['workload-socket', ['emptyDir']],
  ['credential-socket', ['emptyDir']],
  ['workload-certs', ['emptyDir']],
  ['istio-envoy', ['emptyDir']],
  ['istio-data', ['emptyDir']],
  ['istio-xds', ['emptyDir']],
  ['grpc-io-proxyless-bootstrap', ['emptyDir']],
  ['istio-podinfo', ['downwardAPI']],
  ['istio-token', ['projected']],
  ['istiod-ca-cert', ['configMap', 'projected']],
  ['istio-ca-crl', ['configMap']],
  ['custom-bootstrap-volume', ['configMap']],
  ['istio-certs', ['secret']],
  ['lightstep-certs', ['secret']],
  ['gke-workload-certificate', ['csi']],
]);

export const SHIPPED_TEMPLATES: ReadonlySet<string> = new Set(['sidecar', 'gateway', 'grpc-agent', 'grpc-simple']);

/** Lets a gateway listen on low ports without rights. Source: Istio, files/gateway-injection-template.yaml. */
export const GATEWAY_SYSCTLS = [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] as const;

/** The group that templates up to 1.18 gave to a pod's files. */
export const LEGACY_FS_GROUP = 1337;
export const LEGACY_FS_GROUP_UNTIL = 19;

/** Templates of earlier releases replaced the search list of a pod's DNS where the mesh had one. */
export const DNS_SEARCHES_UNTIL = 14;

export const TLS_MODE_LABEL = 'security.istio.io/tlsMode';
export const TUNNEL_LABEL = 'networking.istio.io/tunnel';
export const CANONICAL_NAME_LABEL = 'service.istio.io/canonical-name';
export const CANONICAL_REVISION_LABEL = 'service.istio.io/canonical-revision';
export const NETWORK_LABEL = 'topology.istio.io/network';
export const NETWORKS_ANNOTATION = 'k8s.v1.cni.cncf.io/networks';
export const DEFAULT_CONTAINER_ANNOTATIONS: ReadonlySet<string> = new Set([
  'kubectl.kubernetes.io/default-container',
  'kubectl.kubernetes.io/default-logs-container',
]);

/** With the CNI plug-in the template writes the capture settings down: those of the pod, else these of the chart. */
export const CNI_DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['sidecar.istio.io/interceptionMode', 'REDIRECT'],
  ['traffic.sidecar.istio.io/includeOutboundIPRanges', '*'],
  ['traffic.sidecar.istio.io/excludeOutboundIPRanges', ''],
  ['traffic.sidecar.istio.io/includeInboundPorts', '*'],
  ['traffic.sidecar.istio.io/excludeInboundPorts', ''],
  ['traffic.sidecar.istio.io/includeOutboundPorts', ''],
  ['traffic.sidecar.istio.io/excludeOutboundPorts', ''],
]);
