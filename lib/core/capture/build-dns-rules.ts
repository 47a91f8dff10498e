import { type CaptureConfig, capturesDns, PORT } from './capture-config';
import { append, proxyIdentities, ruleMeaning } from './rule-draft';
import { CHAIN, type Family, type RuleDraft, type TableName } from './rule-types';

/** The address condition of one rule and what to call it: every server, or one of resolv.conf's. */
interface DnsScope {
  readonly to: string;
  readonly from: string;
  readonly server?: string;
}

const dns = (table: TableName, text: string, meaning: RuleDraft['meaning']) =>
  append(table, CHAIN.outputDns, text, meaning);

/** DNS capture and the connection tracking zones that keep its two halves apart (S11). */
export function buildDnsRules(config: CaptureConfig, family: Family): readonly RuleDraft[] {
  if (!capturesDns(config)) return [];
  const scopes = dnsScopes(config, family);
  return [
    append('raw', 'OUTPUT', `-j ${CHAIN.outputDns}`, ruleMeaning('dns-zone-jump')),
    ...(scopes.length > 0 ? [append('nat', CHAIN.output, `-j ${CHAIN.outputDns}`, ruleMeaning('dns-jump'))] : []),
    ...scopes.map((scope) => redirectDns('tcp', scope)),
    ...scopes.map((scope) => redirectDns('udp', scope)),
    ...proxyZones(config),
    ...appZones(scopes),
  ];
}

function dnsScopes(config: CaptureConfig, family: Family): readonly DnsScope[] {
  if (config.captureAllDns) return [{ to: '', from: '' }];
  const servers = family === 'ipv4' ? config.dnsServersV4 : config.dnsServersV6;
  const length = family === 'ipv4' ? 32 : 128;
  return servers.map((server) => ({ to: ` -d ${server}/${length}`, from: ` -s ${server}/${length}`, server }));
}

function redirectDns(protocol: 'tcp' | 'udp', { to, server }: DnsScope): RuleDraft {
  // Upstream spells the option in the singular for UDP; the kernel's dump has the plural for both.
  const option = protocol === 'tcp' ? '--to-ports' : '--to-port';
  const text = `-p ${protocol} --dport 53${to} -j REDIRECT ${option} ${PORT.dns}`;
  const values = { protocol: protocol.toUpperCase(), port: PORT.dns };
  return dns(
    'nat',
    text,
    server === undefined ? ruleMeaning('dns-all', values) : ruleMeaning('dns-server', { ...values, server }),
  );
}

function proxyZones(config: CaptureConfig): readonly RuleDraft[] {
  return proxyIdentities(config).flatMap(({ option, value }) => [
    dns('raw', `-p udp --dport 53 -m owner ${option} ${value} -j CT --zone 1`, ruleMeaning('dns-zone-proxy-query')),
    dns(
      'raw',
      `-p udp --sport ${PORT.dns} -m owner ${option} ${value} -j CT --zone 2`,
      ruleMeaning('dns-zone-proxy-answer'),
    ),
  ]);
}

function appZones(scopes: readonly DnsScope[]): readonly RuleDraft[] {
  if (scopes.length === 0) return [];
  return [
    append('raw', 'PREROUTING', `-j ${CHAIN.inbound}`, ruleMeaning('dns-zone-answer-jump')),
    ...scopes.flatMap(({ to, from }) => [
      dns('raw', `-p udp --dport 53${to} -j CT --zone 2`, ruleMeaning('dns-zone-app-query')),
      append('raw', CHAIN.inbound, `-p udp --sport 53${from} -j CT --zone 1`, ruleMeaning('dns-zone-server-answer')),
    ]),
  ];
}
