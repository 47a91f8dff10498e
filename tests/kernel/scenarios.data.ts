import { AMBIENT_DEFAULTS, type AmbientConfig } from '@/lib/core/capture/build-ambient-rules';
import { type CaptureConfig, PROGRAM_DEFAULTS } from '@/lib/core/capture/capture-config';
import { ADDRESSES } from './namespaces';

/** `native`: rules of nftables' own, which istio-iptables makes with --native-nftables. */
export type Backend = 'nft' | 'legacy' | 'native';

/** Rules to load, and how. */
export interface Scenario {
  readonly name: string;
  readonly backend: Backend;
  readonly sidecar?: CaptureConfig;
  readonly ambient?: AmbientConfig;
}

const INJECTED: CaptureConfig = {
  ...PROGRAM_DEFAULTS,
  interceptionMode: 'REDIRECT',
  inboundPortsInclude: '*',
  inboundPortsExclude: '15090,15021,15020',
  outboundIpRangesInclude: '*',
};

const sidecar = (name: string, backend: Backend, over: Partial<CaptureConfig> = {}): Scenario => ({
  name,
  backend,
  sidecar: { ...INJECTED, ...over },
});
const ambient = (name: string, backend: Backend, over: Partial<AmbientConfig> = {}): Scenario => ({
  name,
  backend,
  ambient: { ...AMBIENT_DEFAULTS, ...over },
});

const SERVERS = { redirectDns: true, dnsServersV4: [ADDRESSES.dns.ipv4], dnsServersV6: [ADDRESSES.dns.ipv6] };
const EXCLUDES = {
  inboundPortsExclude: '15090,15021,9000,15020',
  outboundPortsExclude: '9999,5555',
  outboundIpRangesExclude: '203.0.113.9/32,2001:db8::/32',
  outboundPortsInclude: '7777',
};

/** Sets of rules that differ in what they load and in where packets go. */
export const SCENARIOS: readonly Scenario[] = [
  sidecar('REDIRECT', 'nft'),
  sidecar('REDIRECT', 'legacy'),
  sidecar('REDIRECT with IPv6', 'nft', { enableIpv6: true }),
  sidecar('REDIRECT with IPv6', 'legacy', { enableIpv6: true }),
  sidecar('TPROXY', 'nft', { interceptionMode: 'TPROXY' }),
  sidecar('TPROXY', 'legacy', { interceptionMode: 'TPROXY' }),
  sidecar('TPROXY with IPv6', 'nft', { interceptionMode: 'TPROXY', enableIpv6: true }),
  sidecar('TPROXY, listed ports', 'nft', { interceptionMode: 'TPROXY', inboundPortsInclude: '8080,15008' }),
  sidecar('DNS capture of one server', 'nft', SERVERS),
  sidecar('DNS capture of one server', 'legacy', SERVERS),
  sidecar('DNS capture with IPv6', 'nft', { ...SERVERS, enableIpv6: true }),
  sidecar('DNS capture of every server', 'legacy', { redirectDns: true, captureAllDns: true }),
  sidecar('DNS capture with TPROXY', 'nft', { ...SERVERS, interceptionMode: 'TPROXY' }),
  sidecar('exclusions', 'nft', EXCLUDES),
  sidecar('exclusions with IPv6', 'legacy', { ...EXCLUDES, enableIpv6: true }),
  sidecar('inclusions', 'nft', {
    inboundPortsInclude: '8080,15001',
    outboundIpRangesInclude: '10.96.0.0/16',
    outboundPortsInclude: '443',
  }),
  sidecar('nothing included', 'legacy', { inboundPortsInclude: '', outboundIpRangesInclude: '' }),
  sidecar('loopback included', 'nft', { outboundIpRangesInclude: '127.0.0.2/32,10.0.0.0/8' }),
  sidecar('excluded interface', 'nft', { excludeInterfaces: 'eth0' }),
  sidecar('excluded interface with TPROXY', 'legacy', { interceptionMode: 'TPROXY', excludeInterfaces: 'eth0' }),
  sidecar('rerouted interface', 'nft', { rerouteVirtualInterfaces: 'eth0' }),
  sidecar('listed groups', 'nft', { ownerGroupsInclude: '1000,2000' }),
  sidecar('excluded groups', 'legacy', { ownerGroupsExclude: '1000' }),
  sidecar('two proxy users', 'nft', { proxyUid: '1337,1338', proxyGid: '1337' }),
  sidecar('invalid packets dropped', 'nft', { dropInvalid: true }),
  sidecar('other ports and loopback range', 'legacy', {
    proxyPort: '16001',
    inboundCapturePort: '16006',
    inboundTunnelPort: '16008',
    loopbackCidr: '127.0.0.1/8',
  }),
  sidecar('REDIRECT with IPv6', 'native', { enableIpv6: true }),
  sidecar('TPROXY', 'native', { interceptionMode: 'TPROXY', inboundPortsInclude: '8080,15008' }),
  sidecar('DNS capture with IPv6', 'native', { ...SERVERS, enableIpv6: true }),
  sidecar('exclusions and interfaces', 'native', {
    ...EXCLUDES,
    rerouteVirtualInterfaces: 'other0',
    excludeInterfaces: 'other1',
    dropInvalid: true,
  }),
  sidecar('inclusions', 'native', {
    inboundPortsInclude: '8080',
    outboundIpRangesInclude: '10.96.3.4/16,fd00:96::/32',
    enableIpv6: true,
  }),
  ambient('ambient', 'nft'),
  ambient('ambient', 'legacy'),
  ambient('ambient without DNS', 'nft', { capturesDns: false, enableIpv6: false }),
  ambient('ambient gateway', 'nft', { bypassesInbound: true }),
];
