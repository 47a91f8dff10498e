/** One control plane as its injector is configured. */
export interface InjectorConfig {
  /** `default` or the value of `istio.io/rev`. */
  readonly revision: string;
  /** Image of the sidecar and of its init container. */
  readonly proxyImage: string;
  /** Host and port where sidecars reach istiod. */
  readonly istiodAddress: string;
  /** `native`: since 1.27 the sidecar is a restartable init container. `classic`: the form of releases around 1.10. */
  readonly form: 'native' | 'classic';
}

/** What the injector fills in when a pod asks for nothing else: the values of the shipped charts. */
export const PROXY_DEFAULTS = {
  clusterId: 'Kubernetes',
  clusterDomain: 'cluster.local',
  trustDomain: 'cluster.local',
  logLevel: 'warning',
  componentLogLevel: 'misc:error',
  agentLogLevel: 'default:info',
  statusPort: '15020',
  includeOutboundIPRanges: '*',
  excludeOutboundIPRanges: '',
  includeInboundPorts: '*',
  tokenAudience: 'istio-ca',
  resources: { limits: { cpu: '2000m', memory: '1024Mi' }, requests: { cpu: '100m', memory: '128Mi' } },
} as const;

export const PROXY_UID = 1337;
