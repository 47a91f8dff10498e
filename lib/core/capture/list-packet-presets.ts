import type { Phrase } from '@/lib/core/phrase';
import { PORT } from './capture-config';
import type { PacketRequest } from './packet-request';
import type { PacketScene } from './tell-packet';

/** A packet worth asking about, ready to be traced. */
export interface PacketPreset {
  readonly id: string;
  readonly label: Phrase;
  readonly request: PacketRequest;
}

const OUTSIDE = { ipv4: '203.0.113.9', ipv6: '2001:db8::9' } as const;
const LOOPBACK = { ipv4: '127.0.0.1', ipv6: '::1' } as const;
/** A port on which nobody listens, as far as anybody can say. */
const CLOSED_PORT = 4000;
const HTTP = 80;
const DNS = 53;

/**
 * The packets that people ask about after the first few: every port of the pod, the proxy's own, loopback, UDP, DNS.
 *
 * Source: the classic flows of Istio's traffic capture, as observed on a kernel.
 */
export function listPacketPresets({ ruleSet, config, ends, pod }: PacketScene): readonly PacketPreset[] {
  const own = pod.addresses[0] ?? '';
  const outside = OUTSIDE[ruleSet.family];
  const uid = Number(ends.find((end) => end.kind === 'envoy')?.uid ?? config.proxyUid.split(',')[0]);
  const gid = Number(config.proxyGid.split(',')[0]);
  const ports = ends.flatMap((end) => end.ports.map((port) => ({ ...port, name: end.name })));
  const first = ends.find((end) => end.kind === 'app')?.ports[0]?.port ?? HTTP;
  const resolver = (ruleSet.family === 'ipv4' ? config.dnsServersV4 : config.dnsServersV6)[0] ?? outside;
  const to = (destination: string, destinationPort: number) =>
    ({ direction: 'out', protocol: 'tcp', destination, destinationPort }) as const;
  return [
    ...ports.map(({ name, port, protocol }) => ({
      id: `port-${protocol}-${port}`,
      label: { code: 'capture.preset.port', values: { name, port, protocol } },
      request: { direction: 'in', protocol, destination: own, destinationPort: port } as const,
    })),
    {
      id: 'tunnel',
      label: preset('tunnel'),
      request: { direction: 'in', protocol: 'tcp', destination: own, destinationPort: PORT.tunnel },
    },
    {
      id: 'closed',
      label: preset('closed'),
      request: { direction: 'in', protocol: 'tcp', destination: own, destinationPort: CLOSED_PORT },
    },
    {
      id: 'udp-in',
      label: preset('udp-in'),
      request: { direction: 'in', protocol: 'udp', destination: own, destinationPort: CLOSED_PORT },
    },
    { id: 'loopback', label: preset('loopback'), request: to(LOOPBACK[ruleSet.family], first) },
    { id: 'proxy-out', label: preset('proxy-out'), request: { ...to(outside, HTTP), uid, gid } },
    { id: 'proxy-group', label: preset('proxy-group', { gid }), request: { ...to(outside, HTTP), uid: 0, gid } },
    { id: 'proxy-self', label: preset('proxy-self'), request: { ...to(own, first), uid, gid } },
    { id: 'udp-out', label: preset('udp-out'), request: { ...to(outside, CLOSED_PORT), protocol: 'udp' } },
    { id: 'dns-udp', label: preset('dns', { protocol: 'UDP' }), request: { ...to(resolver, DNS), protocol: 'udp' } },
    { id: 'dns-tcp', label: preset('dns', { protocol: 'TCP' }), request: to(resolver, DNS) },
  ];
}

function preset(code: string, values?: Phrase['values']): Phrase {
  return { code: `capture.preset.${code}`, ...(values === undefined ? {} : { values }) };
}
