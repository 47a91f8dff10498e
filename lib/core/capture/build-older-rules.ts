import { buildBasicRules, buildInboundRules, buildInterfaceRules } from './build-inbound-rules';
import { buildOlderDnsTcp, buildOlderDnsUdp } from './build-older-dns';
import { buildOutboundHead, buildOutboundTail, buildOwnerGroupRules } from './build-outbound-rules';
import { buildTproxyRules } from './build-tproxy-rules';
import { type CaptureConfig, capturesDns, isTproxy, splitList, WILDCARD } from './capture-config';
import { append, loopbackCidr, proxyIdentities, ruleMeaning } from './rule-draft';
import { CHAIN, type Family, type RuleDraft } from './rule-types';
import { splitCidrs } from './split-cidrs';
import { toKernelCidr } from './to-kernel-cidr';

/** First minor releases of what changed before the present generator. */
const SINCE = {
  tproxySelfCalls: 11,
  ipv6AtPar: 12,
  noSshPort: 13,
  dropInvalid: 13,
  ownerGroups: 14,
  hostBits: 16,
  selfCallPorts: 18,
  loopbackCidr: 21,
  noFinalReturn: 23,
  dropChain: 24,
} as const;

const SSH_PORT = '22';
const nat = (text: string, meaning: RuleDraft['meaning']) => append('nat', CHAIN.output, text, meaning);

/**
 * Computes the rules as istio-iptables of releases 1.10 to 1.24 made them.
 *
 * Output: as for the present generator; before 1.12 IPv6 had a smaller generator of its own, for which there is none here.
 * Source: Istio, tools/istio-iptables/pkg/capture/run.go of each minor release.
 */
export function buildOlderRules(given: CaptureConfig, family: Family, minor: number): readonly RuleDraft[] {
  if (family === 'ipv6' && (!given.enableIpv6 || minor < SINCE.ipv6AtPar)) return [];
  const config = asRead(given, minor);
  return [
    ...buildInterfaceRules(config),
    ...invalidDrop(config, minor),
    ...buildBasicRules(config),
    ...inbound(config, family, minor),
    ...outboundHead(config, family),
    ...identity(config, family, minor),
    ...(minor < SINCE.ownerGroups ? [] : buildOwnerGroupRules(config)),
    ...(capturesDns(config) ? buildOlderDnsTcp(config, family) : []),
    ...buildOutboundTail(config, family),
    ...finalReturn(config, minor),
    ...(capturesDns(config) ? buildOlderDnsUdp(config, family, minor) : []),
    ...tproxy(config, family, minor),
  ];
}

/** Settings that the release did not have yet count as their defaults. */
function asRead(config: CaptureConfig, minor: number): CaptureConfig {
  const masked = (list: string) => (list === WILDCARD ? list : splitList(list).map(toKernelCidr).join(','));
  return {
    ...config,
    ...(minor < SINCE.dropInvalid ? { dropInvalid: false } : {}),
    ...(minor < SINCE.loopbackCidr ? { loopbackCidr: '127.0.0.1/32' } : {}),
    ...(minor < SINCE.tproxySelfCalls ? { captureAllDns: false } : {}),
    ...(minor < SINCE.ipv6AtPar ? { excludeInterfaces: '' } : {}),
    ...(minor < SINCE.hostBits
      ? {
          outboundIpRangesInclude: masked(config.outboundIpRangesInclude),
          outboundIpRangesExclude: masked(config.outboundIpRangesExclude),
        }
      : {}),
  };
}

function invalidDrop(config: CaptureConfig, minor: number): readonly RuleDraft[] {
  if (!config.dropInvalid) return [];
  const condition = '-m conntrack --ctstate INVALID';
  if (minor < SINCE.dropChain) return [append('mangle', 'PREROUTING', `${condition} -j DROP`, ruleMeaning('drop'))];
  return [
    append('mangle', 'PREROUTING', `${condition} -j ${CHAIN.drop}`, ruleMeaning('invalid-packets')),
    append('mangle', CHAIN.drop, '-j DROP', ruleMeaning('drop')),
  ];
}

/** Up to 1.12 a wildcard left SSH alone before anything else. */
function inbound(config: CaptureConfig, family: Family, minor: number): readonly RuleDraft[] {
  if (minor >= SINCE.noSshPort || config.inboundPortsInclude !== WILDCARD) return buildInboundRules(config, family);
  const inboundPortsExclude = [SSH_PORT, ...splitList(config.inboundPortsExclude)].join(',');
  return buildInboundRules({ ...config, inboundPortsExclude }, family);
}

/** Only TCP walks through ISTIO_OUTPUT, so only TCP ports are left alone. */
function outboundHead(config: CaptureConfig, family: Family): readonly RuleDraft[] {
  return buildOutboundHead(config, family)
    .filter(({ text }) => !text.startsWith('-p udp'))
    .map((rule) => (rule.chain === 'OUTPUT' ? { ...rule, text: `-p tcp ${rule.text}` } : rule));
}

function identity(config: CaptureConfig, family: Family, minor: number): readonly RuleDraft[] {
  const { hasLoopback } = splitCidrs(config.outboundIpRangesInclude === WILDCARD ? '' : config.outboundIpRangesInclude);
  const dns = capturesDns(config);
  const loop = loopbackCidr(config, family);
  return proxyIdentities(config).flatMap(({ kind, option, value }) => {
    const ports = selfCallPorts(config, kind, minor);
    const scope = dns ? '-p tcp ! --dport 53 ' : '';
    const code = dns ? `app-loopback-but-dns-${kind}` : `app-loopback-${kind}`;
    const own = `-m owner ${option} ${value}`;
    return [
      nat(
        `-o lo ! -d ${loop} ${ports}${own} -j ${CHAIN.inRedirect}`,
        ruleMeaning(`proxy-self-call-${kind}`, { id: value }),
      ),
      ...(hasLoopback
        ? []
        : [nat(`-o lo ${scope}-m owner ! ${option} ${value} -j RETURN`, ruleMeaning(code, { id: value }))]),
      nat(`${own} -j RETURN`, ruleMeaning(`proxy-own-${kind}`, { id: value })),
    ];
  });
}

function selfCallPorts(config: CaptureConfig, kind: 'uid' | 'gid', minor: number): string {
  const sparesDns = kind === 'uid' && capturesDns(config);
  if (minor < SINCE.selfCallPorts) return sparesDns ? '-p tcp ! --dport 53 ' : '';
  const tunnel = config.inboundTunnelPort;
  return sparesDns ? `-p tcp -m multiport ! --dports 53,${tunnel} ` : `-p tcp ! --dport ${tunnel} `;
}

function finalReturn(config: CaptureConfig, minor: number): readonly RuleDraft[] {
  const isList = config.outboundIpRangesInclude !== WILDCARD && config.outboundIpRangesInclude !== '';
  return isList && minor < SINCE.noFinalReturn ? [nat('-j RETURN', ruleMeaning('unlisted-range'))] : [];
}

/** 1.10 had only the first of the inserts, and nothing for calls to the own pod. */
function tproxy(config: CaptureConfig, family: Family, minor: number): readonly RuleDraft[] {
  const rules = isTproxy(config) ? buildTproxyRules(config, family) : [];
  return minor < SINCE.tproxySelfCalls ? rules.filter(({ insertAt }) => insertAt === 1) : rules;
}
