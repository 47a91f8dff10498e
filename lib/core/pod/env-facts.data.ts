import type { ChangeOrigin } from './change-types';
import type { PodPhraseCode } from './pod-phrases.data';

interface EnvFacts {
  readonly because: PodPhraseCode;
  /** Absent for what the template writes. */
  readonly origin?: ChangeOrigin;
}

/** What the proxy's environment variables are for. Source: Istio, files/injection-template.yaml; pilot/cmd/pilot-agent. */
const ENV: Readonly<Record<string, EnvFacts>> = {
  PILOT_CERT_PROVIDER: { because: 'pod.env.cert-provider' },
  CA_ADDR: { because: 'pod.env.ca-address' },
  POD_NAME: { because: 'pod.env.identity' },
  POD_NAMESPACE: { because: 'pod.env.identity' },
  INSTANCE_IP: { because: 'pod.env.identity' },
  SERVICE_ACCOUNT: { because: 'pod.env.service-account' },
  HOST_IP: { because: 'pod.env.identity' },
  ISTIO_CPU_LIMIT: { because: 'pod.env.cpu-limit' },
  PROXY_CONFIG: { because: 'pod.env.proxy-config' },
  ISTIO_META_POD_PORTS: { because: 'pod.env.pod-ports' },
  ISTIO_META_APP_CONTAINERS: { because: 'pod.env.app-containers' },
  GOMEMLIMIT: { because: 'pod.env.go-limits' },
  GOMAXPROCS: { because: 'pod.env.go-limits' },
  COMPLIANCE_POLICY: { because: 'pod.env.compliance' },
  GODEBUG: { because: 'pod.env.compliance' },
  ISTIO_META_NODE_NAME: { because: 'pod.env.node-name' },
  ISTIO_META_INTERCEPTION_MODE: { because: 'pod.env.interception-mode' },
  ISTIO_META_WORKLOAD_NAME: { because: 'pod.env.workload' },
  ISTIO_META_OWNER: { because: 'pod.env.workload' },
  ISTIO_META_MESH_ID: { because: 'pod.env.mesh-id' },
  TRUST_DOMAIN: { because: 'pod.env.trust-domain' },
  ISTIO_BOOTSTRAP_OVERRIDE: { because: 'pod.env.bootstrap' },
  OTEL_RESOURCE_ATTRIBUTES: { because: 'pod.env.telemetry' },
  REWRITE_PROBE_LEGACY_LOCALHOST_DESTINATION: { because: 'pod.env.legacy-localhost' },
  ISTIO_META_DNS_CAPTURE: { because: 'pod.env.dns-capture' },
  ISTIO_META_ENABLE_HBONE: { because: 'pod.env.hbone' },
  ISTIO_META_GENERATOR: { because: 'pod.env.grpc' },
  OUTPUT_CERTS: { because: 'pod.env.grpc' },
  DISABLE_ENVOY: { because: 'pod.env.grpc' },
  GRPC_XDS_BOOTSTRAP: { because: 'pod.env.grpc' },
  GRPC_XDS_EXPERIMENTAL_SECURITY_SUPPORT: { because: 'pod.env.grpc' },
  ISTIO_META_CLUSTER_ID: { because: 'pod.env.cluster-id', origin: 'post-processing' },
  ISTIO_META_NETWORK: { because: 'pod.env.network', origin: 'post-processing' },
  ISTIO_KUBE_APP_PROBERS: { because: 'pod.env.probers', origin: 'probe-rewrite' },
  ISTIO_PROMETHEUS_ANNOTATIONS: { because: 'pod.env.prometheus', origin: 'prometheus-merge' },
};

export function findEnvFacts(name: string): EnvFacts | undefined {
  return Object.hasOwn(ENV, name) ? ENV[name] : undefined;
}
