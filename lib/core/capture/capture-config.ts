/** The inputs of the rule generator, one field per upstream field; lists stay comma-separated text as on the command line. */
export interface CaptureConfig {
  readonly proxyPort: string;
  readonly inboundCapturePort: string;
  readonly inboundTunnelPort: string;
  readonly proxyUid: string;
  readonly proxyGid: string;
  /** Only exactly `TPROXY` is not REDIRECT. */
  readonly interceptionMode: string;
  readonly tproxyMark: string;
  readonly tproxyRouteTable: string;
  readonly inboundPortsInclude: string;
  readonly inboundPortsExclude: string;
  readonly ownerGroupsInclude: string;
  readonly ownerGroupsExclude: string;
  readonly outboundPortsInclude: string;
  readonly outboundPortsExclude: string;
  readonly outboundIpRangesInclude: string;
  readonly outboundIpRangesExclude: string;
  readonly rerouteVirtualInterfaces: string;
  readonly excludeInterfaces: string;
  readonly redirectDns: boolean;
  readonly captureAllDns: boolean;
  readonly dropInvalid: boolean;
  readonly dualStack: boolean;
  readonly enableIpv6: boolean;
  readonly dnsServersV4: readonly string[];
  readonly dnsServersV6: readonly string[];
  readonly loopbackCidr: string;
  readonly nativeNftables: boolean;
}

export type CaptureField = keyof CaptureConfig;

/** Ports of a sidecar pod. Source: Istio, pkg/kube/inject and tools/istio-iptables/pkg/constants. */
export const PORT = {
  outbound: 15001,
  inbound: 15006,
  tunnel: 15008,
  agentStatus: 15020,
  proxyHealth: 15021,
  dns: 15053,
  proxyMetrics: 15090,
} as const;

export const PROXY_USER = '1337';
export const OUTBOUND_MARK = '1338';
/** Source address that Envoy binds for inbound connections to the application. */
export const PASSTHROUGH_SOURCE = { ipv4: '127.0.0.6', ipv6: '::6' } as const;
export const WILDCARD = '*';

/** The program's own defaults, before any flag, variable or detection. Source: Istio, tools/istio-iptables/pkg/config. */
export const PROGRAM_DEFAULTS: CaptureConfig = {
  proxyPort: String(PORT.outbound),
  inboundCapturePort: String(PORT.inbound),
  inboundTunnelPort: String(PORT.tunnel),
  proxyUid: PROXY_USER,
  proxyGid: PROXY_USER,
  interceptionMode: '',
  tproxyMark: PROXY_USER,
  tproxyRouteTable: '133',
  inboundPortsInclude: '',
  inboundPortsExclude: '',
  ownerGroupsInclude: WILDCARD,
  ownerGroupsExclude: '',
  outboundPortsInclude: '',
  outboundPortsExclude: '',
  outboundIpRangesInclude: '',
  outboundIpRangesExclude: '',
  rerouteVirtualInterfaces: '',
  excludeInterfaces: '',
  redirectDns: false,
  captureAllDns: false,
  dropInvalid: false,
  dualStack: false,
  enableIpv6: false,
  dnsServersV4: [],
  dnsServersV6: [],
  loopbackCidr: '127.0.0.1/32',
  nativeNftables: false,
};

/** Splits at commas and drops empty elements; nothing is trimmed, as upstream does not either. */
export function splitList(text: string): readonly string[] {
  return text.split(',').filter((part) => part !== '');
}

export function isTproxy(config: CaptureConfig): boolean {
  return config.interceptionMode === 'TPROXY';
}

/** DNS capture takes effect only if it has something to match: every server, or at least one known one. */
export function capturesDns(config: CaptureConfig): boolean {
  const hasServer = config.dnsServersV4.length + config.dnsServersV6.length > 0;
  return config.redirectDns && (config.captureAllDns || hasServer);
}
