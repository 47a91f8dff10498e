import { type CaptureConfig, isTproxy, PORT, splitList, WILDCARD } from './capture-config';
import { append, insert, loopbackCidr, ruleMeaning } from './rule-draft';
import { CHAIN, type Family, type RuleDraft } from './rule-types';

/** Interfaces left alone in both directions, then those whose incoming traffic counts as outbound (spec steps S1, S2). */
export function buildInterfaceRules(config: CaptureConfig): readonly RuleDraft[] {
  const excluded = splitList(config.excludeInterfaces);
  const tables = isTproxy(config) ? (['nat', 'mangle'] as const) : (['nat'] as const);
  return [
    ...tables.flatMap((table) =>
      excluded.flatMap((name) => [
        append(table, 'PREROUTING', `-i ${name} -j RETURN`, ruleMeaning('excluded-interface-in', { interface: name })),
        append(table, 'OUTPUT', `-o ${name} -j RETURN`, ruleMeaning('excluded-interface-out', { interface: name })),
      ]),
    ),
    ...splitList(config.rerouteVirtualInterfaces).map((name) =>
      insert(
        'nat',
        'PREROUTING',
        1,
        `-i ${name} -j RETURN`,
        ruleMeaning('rerouted-interface-rest', { interface: name }),
      ),
    ),
  ];
}

/** Drop of packets that connection tracking calls invalid (S3). */
export function buildInvalidDropRules(config: CaptureConfig): readonly RuleDraft[] {
  if (!config.dropInvalid) return [];
  const jump = `-m conntrack --ctstate INVALID -j ${CHAIN.drop}`;
  return [
    append('mangle', 'PREROUTING', jump, ruleMeaning('invalid-packets')),
    append('mangle', CHAIN.drop, '-j DROP', ruleMeaning('drop')),
  ];
}

/** The tunnel port exception and the two chains that hand over to the proxy (S4). */
export function buildBasicRules(config: CaptureConfig): readonly RuleDraft[] {
  const tunnel = config.inboundTunnelPort;
  const outbound = config.proxyPort;
  const inbound = config.inboundCapturePort;
  return [
    append('nat', CHAIN.inbound, `-p tcp --dport ${tunnel} -j RETURN`, ruleMeaning('tunnel-port', { port: tunnel })),
    append(
      'nat',
      CHAIN.redirect,
      `-p tcp -j REDIRECT --to-ports ${outbound}`,
      ruleMeaning('to-outbound-port', { port: outbound }),
    ),
    append(
      'nat',
      CHAIN.inRedirect,
      `-p tcp -j REDIRECT --to-ports ${inbound}`,
      ruleMeaning('to-inbound-port', { port: inbound }),
    ),
  ];
}

/** Which inbound TCP ports go to the proxy (S5). */
export function buildInboundRules(config: CaptureConfig, family: Family): readonly RuleDraft[] {
  if (config.inboundPortsInclude === '') return [];
  const table = isTproxy(config) ? 'mangle' : 'nat';
  const handOver = isTproxy(config) ? tproxyHandOver : redirectHandOver;
  const jump = append(table, 'PREROUTING', `-p tcp -j ${CHAIN.inbound}`, ruleMeaning('inbound-jump'));
  const head = isTproxy(config) ? [...tproxyChains(config, family), jump] : [jump];
  if (config.inboundPortsInclude !== WILDCARD) {
    return [...head, ...splitList(config.inboundPortsInclude).flatMap((port) => handOver(port))];
  }
  const excluded = splitList(config.inboundPortsExclude).map((port) =>
    append(table, CHAIN.inbound, `-p tcp --dport ${port} -j RETURN`, excludedPortMeaning(port)),
  );
  return [...head, ...excluded, ...handOver(undefined)];
}

function tproxyChains(config: CaptureConfig, family: Family): readonly RuleDraft[] {
  const mark = config.tproxyMark;
  const port = config.inboundCapturePort;
  return [
    append('mangle', CHAIN.divert, `-j MARK --set-mark ${mark}`, ruleMeaning('divert-mark', { mark })),
    append('mangle', CHAIN.divert, '-j ACCEPT', ruleMeaning('divert-accept')),
    append(
      'mangle',
      CHAIN.tproxy,
      `! -d ${loopbackCidr(config, family)} -p tcp -j TPROXY --tproxy-mark ${mark}/0xffffffff --on-port ${port}`,
      ruleMeaning('tproxy-to-inbound-port', { port }),
    ),
  ];
}

function redirectHandOver(port: string | undefined): readonly RuleDraft[] {
  const meaning = port === undefined ? ruleMeaning('inbound-rest') : ruleMeaning('included-inbound-port', { port });
  return [append('nat', CHAIN.inbound, `${tcpPort(port)} -j ${CHAIN.inRedirect}`, meaning)];
}

function tproxyHandOver(port: string | undefined): readonly RuleDraft[] {
  const established = `${tcpPort(port)} -m conntrack --ctstate RELATED,ESTABLISHED -j ${CHAIN.divert}`;
  const known =
    port === undefined ? ruleMeaning('tproxy-established') : ruleMeaning('tproxy-port-established', { port });
  const meaning = port === undefined ? ruleMeaning('inbound-rest') : ruleMeaning('included-inbound-port', { port });
  return [
    append('mangle', CHAIN.inbound, established, known),
    append('mangle', CHAIN.inbound, `${tcpPort(port)} -j ${CHAIN.tproxy}`, meaning),
  ];
}

function tcpPort(port: string | undefined): string {
  return port === undefined ? '-p tcp' : `-p tcp --dport ${port}`;
}

const OWN_PORTS: Readonly<Record<string, string>> = {
  [PORT.proxyMetrics]: 'proxy-metrics-port',
  [PORT.proxyHealth]: 'proxy-health-port',
  [PORT.agentStatus]: 'agent-status-port',
};

function excludedPortMeaning(port: string) {
  return ruleMeaning(OWN_PORTS[port] ?? 'excluded-inbound-port', { port });
}
