import { type CaptureConfig, capturesDns, splitList, WILDCARD } from './capture-config';
import {
  append,
  insert,
  loopbackCidr,
  type ProxyIdentity,
  passthroughCidr,
  proxyIdentities,
  ruleMeaning,
} from './rule-draft';
import { CHAIN, type Family, type RuleDraft } from './rule-types';
import { splitCidrs } from './split-cidrs';

const output = (text: string, meaning: RuleDraft['meaning']) => append('nat', CHAIN.output, text, meaning);

/** The jump into `ISTIO_OUTPUT`, ports left alone, and what Envoy sends to the application (S6 to S8). */
export function buildOutboundHead(config: CaptureConfig, family: Family): readonly RuleDraft[] {
  return [
    append('nat', 'OUTPUT', `-j ${CHAIN.output}`, ruleMeaning('outbound-jump')),
    ...splitList(config.outboundPortsExclude).flatMap((port) =>
      ['tcp', 'udp'].map((protocol) =>
        output(
          `-p ${protocol} --dport ${port} -j RETURN`,
          ruleMeaning('excluded-outbound-port', { port, protocol: protocol.toUpperCase() }),
        ),
      ),
    ),
    output(`-o lo -s ${passthroughCidr(family)} -j RETURN`, ruleMeaning('passthrough-source')),
  ];
}

/** A block per uid and gid of the proxy: its calls to its own pod, the application's, and all else of the proxy (S9). */
export function buildIdentityRules(config: CaptureConfig, family: Family): readonly RuleDraft[] {
  const includesLoopback = splitCidrs(rangesOf(config)).hasLoopback;
  return proxyIdentities(config).flatMap((identity) => [
    selfCall(config, family, identity),
    ...(includesLoopback ? [] : [appLoopback(config, identity)]),
    output(
      `-m owner ${identity.option} ${identity.value} -j RETURN`,
      ruleMeaning(`proxy-own-${identity.kind}`, { id: identity.value }),
    ),
  ]);
}

function selfCall(config: CaptureConfig, family: Family, { kind, option, value }: ProxyIdentity): RuleDraft {
  const loop = loopbackCidr(config, family);
  const tunnel = config.inboundTunnelPort;
  // Only the uid block spares port 53: upstream's gid block has the plain form even with DNS capture.
  const ports = kind === 'uid' && capturesDns(config) ? `-m multiport ! --dports 53,${tunnel}` : `! --dport ${tunnel}`;
  const text = `-o lo ! -d ${loop} -p tcp ${ports} -m owner ${option} ${value} -j ${CHAIN.inRedirect}`;
  return output(text, ruleMeaning(`proxy-self-call-${kind}`, { id: value }));
}

function appLoopback(config: CaptureConfig, { kind, option, value }: ProxyIdentity): RuleDraft {
  const hasDns = capturesDns(config);
  const scope = hasDns ? '-p tcp ! --dport 53 ' : '';
  const code = hasDns ? `app-loopback-but-dns-${kind}` : `app-loopback-${kind}`;
  return output(`-o lo ${scope}-m owner ! ${option} ${value} -j RETURN`, ruleMeaning(code, { id: value }));
}

/**
 * Groups whose outbound traffic is left alone, or is the only one captured (S10).
 *
 * Input: a part of each rule's text that stands before the condition of groups, ending in a space, and the chain.
 */
export function buildOwnerGroupRules(
  config: CaptureConfig,
  scope = '',
  chain: string = CHAIN.output,
): readonly RuleDraft[] {
  const leave = (conditions: string, meaning: RuleDraft['meaning']) =>
    append('nat', chain, `${scope}${conditions}-j RETURN`, meaning);
  if (config.ownerGroupsInclude === WILDCARD) {
    return splitList(config.ownerGroupsExclude).map((group) =>
      leave(`-m owner --gid-owner ${group} `, ruleMeaning('excluded-owner-group', { group })),
    );
  }
  const groups = splitList(config.ownerGroupsInclude);
  const conditions = groups.map((group) => `-m owner ! --gid-owner ${group} `).join('');
  const meaning =
    groups.length === 0
      ? ruleMeaning('no-owner-group')
      : ruleMeaning('only-owner-groups', { groups: groups.join(', '), count: groups.length });
  return [leave(conditions, meaning)];
}

/** Loopback and excluded ranges, then what is captured (S12 to S15). */
export function buildOutboundTail(config: CaptureConfig, family: Family): readonly RuleDraft[] {
  return [
    output(`-d ${loopbackCidr(config, family)} -j RETURN`, ruleMeaning('loopback')),
    ...splitCidrs(config.outboundIpRangesExclude)[family].map((range) =>
      output(`-d ${range} -j RETURN`, ruleMeaning('excluded-range', { range })),
    ),
    ...splitList(config.outboundPortsInclude).map((port) =>
      output(`-p tcp --dport ${port} -j ${CHAIN.redirect}`, ruleMeaning('included-outbound-port', { port })),
    ),
    ...buildIncludedRanges(config, family),
  ];
}

function buildIncludedRanges(config: CaptureConfig, family: Family): readonly RuleDraft[] {
  const interfaces = splitList(config.rerouteVirtualInterfaces);
  const reroute = (name: string, scope: string, meaning: RuleDraft['meaning']) =>
    insert('nat', 'PREROUTING', 1, `-i ${name} ${scope}-j ${CHAIN.redirect}`, meaning);
  if (config.outboundIpRangesInclude === WILDCARD) {
    return [
      output(`-j ${CHAIN.redirect}`, ruleMeaning('outbound-rest')),
      ...interfaces.map((name) => reroute(name, '', ruleMeaning('rerouted-interface', { interface: name }))),
    ];
  }
  return splitCidrs(config.outboundIpRangesInclude)[family].flatMap((range) => [
    ...interfaces.map((name) =>
      reroute(name, `-d ${range} `, ruleMeaning('rerouted-interface-range', { interface: name, range })),
    ),
    output(`-d ${range} -j ${CHAIN.redirect}`, ruleMeaning('included-range', { range })),
  ]);
}

function rangesOf(config: CaptureConfig): string {
  return config.outboundIpRangesInclude === WILDCARD ? '' : config.outboundIpRangesInclude;
}
