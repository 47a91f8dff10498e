import { buildOwnerGroupRules } from './build-outbound-rules';
import { type CaptureConfig, PORT } from './capture-config';
import { append, proxyIdentities, ruleMeaning } from './rule-draft';
import { CHAIN, type Family, type RuleDraft } from './rule-types';

/** First releases of what changed: zones at all, IPv6, groups, zones that match the server, UDP in Istio's own chains. */
const SINCE = { zones: 11, ipv6: 12, ownerGroups: 14, serverSource: 20, ownChains: 23 } as const;

interface Scope {
  readonly to: string;
  readonly from: string;
  readonly server?: string;
}

function scopesOf(config: CaptureConfig, family: Family): readonly Scope[] {
  if (config.captureAllDns) return [{ to: '', from: '' }];
  const servers = family === 'ipv4' ? config.dnsServersV4 : config.dnsServersV6;
  const length = family === 'ipv4' ? 32 : 128;
  return servers.map((server) => ({ to: ` -d ${server}/${length}`, from: ` -s ${server}/${length}`, server }));
}

function redirectMeaning(protocol: string, { server }: Scope) {
  const values = { protocol, port: PORT.dns };
  return server === undefined ? ruleMeaning('dns-all', values) : ruleMeaning('dns-server', { ...values, server });
}

/** TCP to port 53, before the loopback rule of ISTIO_OUTPUT. */
export function buildOlderDnsTcp(config: CaptureConfig, family: Family): readonly RuleDraft[] {
  return scopesOf(config, family).map((scope) =>
    append(
      'nat',
      CHAIN.output,
      `-p tcp --dport 53${scope.to} -j REDIRECT --to-ports ${PORT.dns}`,
      redirectMeaning('TCP', scope),
    ),
  );
}

/** UDP to port 53 in the kernel's own chains, since 1.23 in ISTIO_OUTPUT; and the zones that keep its halves apart. */
export function buildOlderDnsUdp(config: CaptureConfig, family: Family, minor: number): readonly RuleDraft[] {
  if (family === 'ipv6' && minor < SINCE.ipv6) return [];
  const isOwn = minor >= SINCE.ownChains;
  const chain = isOwn ? CHAIN.output : 'OUTPUT';
  const jumps = isOwn
    ? (['nat', 'raw'] as const).map((table) =>
        append(table, 'OUTPUT', `-p udp -j ${CHAIN.output}`, ruleMeaning('dns-jump')),
      )
    : [];
  const nat = [
    ...proxyIdentities(config).map(({ kind, option, value }) =>
      append(
        'nat',
        chain,
        `-p udp --dport 53 -m owner ${option} ${value} -j RETURN`,
        ruleMeaning(`proxy-own-${kind}`, { id: value }),
      ),
    ),
    ...(minor >= SINCE.ownerGroups ? buildOwnerGroupRules(config, '-p udp --dport 53 ', chain) : []),
    ...scopesOf(config, family).map((scope) =>
      append(
        'nat',
        chain,
        `-p udp --dport 53${scope.to} -j REDIRECT --to-port ${PORT.dns}`,
        redirectMeaning('UDP', scope),
      ),
    ),
  ];
  return [...jumps, ...nat, ...(minor < SINCE.zones ? [] : zoneRules(config, family, chain, minor))];
}

function zoneRules(config: CaptureConfig, family: Family, chain: string, minor: number): readonly RuleDraft[] {
  return [
    ...proxyIdentities(config).flatMap(({ option, value }) => [
      append(
        'raw',
        chain,
        `-p udp --dport 53 -m owner ${option} ${value} -j CT --zone 1`,
        ruleMeaning('dns-zone-proxy-query'),
      ),
      append(
        'raw',
        chain,
        `-p udp --sport ${PORT.dns} -m owner ${option} ${value} -j CT --zone 2`,
        ruleMeaning('dns-zone-proxy-answer'),
      ),
    ]),
    ...scopesOf(config, family).flatMap(({ to, from }) => [
      append('raw', chain, `-p udp --dport 53${to} -j CT --zone 2`, ruleMeaning('dns-zone-app-query')),
      // Up to 1.19 the rule named the server as the destination, which no answer has.
      append(
        'raw',
        'PREROUTING',
        `-p udp --sport 53${minor < SINCE.serverSource ? to : from} -j CT --zone 1`,
        ruleMeaning('dns-zone-server-answer'),
      ),
    ]),
  ];
}
