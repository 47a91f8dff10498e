import type { CaptureConfig } from './capture-config';

type FieldOf<T> = { [K in keyof CaptureConfig]: CaptureConfig[K] extends T ? K : never }[keyof CaptureConfig];
export type TextField = FieldOf<string>;
type BooleanField = FieldOf<boolean>;

export interface FlagRow {
  readonly short?: string;
  readonly long: string;
  /** Variables read when the flag is absent, in order; the one derived from the name is added for all but `envoy-port`. */
  readonly variables: readonly string[];
  readonly isBoolean: boolean;
  /** What the flag sets in the generator's config; absent if the rules do not depend on it. */
  readonly text?: TextField;
  readonly boolean?: BooleanField;
}

const derived = (long: string) => long.toUpperCase().replaceAll('-', '_');
const text = (short: string, long: string, field: TextField): FlagRow => ({
  short,
  long,
  variables: long === 'envoy-port' ? [] : [derived(long)],
  isBoolean: false,
  text: field,
});
const boolean = (long: string, field: BooleanField, ...extra: string[]): FlagRow => ({
  long,
  variables: [...extra, derived(long)],
  isBoolean: true,
  boolean: field,
});
const other = (long: string, isBoolean: boolean, short?: string): FlagRow => ({
  long,
  variables: [derived(long)],
  isBoolean,
  ...(short === undefined ? {} : { short }),
});

/** Flags of `pilot-agent istio-iptables`. Source: Istio, tools/istio-iptables/pkg/cmd/root.go, bindCmdlineFlags. */
export const CAPTURE_FLAGS: readonly FlagRow[] = [
  text('p', 'envoy-port', 'proxyPort'),
  text('z', 'inbound-capture-port', 'inboundCapturePort'),
  text('e', 'inbound-tunnel-port', 'inboundTunnelPort'),
  text('u', 'proxy-uid', 'proxyUid'),
  text('g', 'proxy-gid', 'proxyGid'),
  text('m', 'istio-inbound-interception-mode', 'interceptionMode'),
  text('b', 'istio-inbound-ports', 'inboundPortsInclude'),
  text('d', 'istio-local-exclude-ports', 'inboundPortsExclude'),
  text('c', 'istio-exclude-interfaces', 'excludeInterfaces'),
  text('i', 'istio-service-cidr', 'outboundIpRangesInclude'),
  text('x', 'istio-service-exclude-cidr', 'outboundIpRangesExclude'),
  text('q', 'istio-outbound-ports', 'outboundPortsInclude'),
  text('o', 'istio-local-outbound-ports-exclude', 'outboundPortsExclude'),
  text('k', 'kube-virt-interfaces', 'rerouteVirtualInterfaces'),
  text('t', 'istio-inbound-tproxy-mark', 'tproxyMark'),
  text('r', 'istio-inbound-tproxy-route-table', 'tproxyRouteTable'),
  boolean('redirect-dns', 'redirectDns', 'ISTIO_META_DNS_CAPTURE'),
  boolean('capture-all-dns', 'captureAllDns'),
  boolean('drop-invalid', 'dropInvalid', 'INVALID_DROP'),
  boolean('dual-stack', 'dualStack', 'ISTIO_DUAL_STACK'),
  boolean('native-nftables', 'nativeNftables'),
  other('dry-run', true, 'n'),
  other('iptables-probe-port', false),
  other('probe-timeout', false),
  other('skip-rule-apply', true),
  other('run-validation', true),
  other('network-namespace', false),
  other('cni-mode', true),
  other('reconcile', true),
  other('cleanup-only', true),
  other('force-apply', true),
  other('force-iptables-binary', false),
];

/** Settings that only the environment can give. */
export const CAPTURE_VARIABLES: Readonly<Partial<Record<TextField, string>>> = {
  loopbackCidr: 'ISTIO_OUTBOUND_IPV4_LOOPBACK_CIDR',
  ownerGroupsInclude: 'ISTIO_OUTBOUND_OWNER_GROUPS',
  ownerGroupsExclude: 'ISTIO_OUTBOUND_OWNER_GROUPS_EXCLUDE',
};
