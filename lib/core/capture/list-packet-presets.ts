import type { Phrase } from '@/lib/core/phrase';
import { ZTUNNEL_MARK } from './build-ambient-rules';
import { PORT, PROXY_USER } from './capture-config';
import { proxyOwner } from './follow-sidecar';
import type { PacketRequest } from './packet-request';
import { dnsServerOf, OUTSIDE, type PacketScene } from './packet-scene';

/** A packet worth asking about, ready to be traced. */
export interface PacketPreset {
  readonly id: string;
  readonly label: Phrase;
  readonly request: PacketRequest;
}

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
export function listPacketPresets(scene: PacketScene): readonly PacketPreset[] {
  const { ruleSet, ends, pod } = scene;
  const own = pod.addresses[0] ?? '';
  const outside = OUTSIDE[ruleSet.family];
  const ports = ends.flatMap((end) => end.ports.map((port) => ({ ...port, name: end.name })));
  const first = ends.find((end) => end.kind === 'app')?.ports[0]?.port ?? HTTP;
  const resolver = dnsServerOf(scene);
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
    ...fromProxy(scene, outside, own, first),
    { id: 'udp-out', label: preset('udp-out'), request: { ...to(outside, CLOSED_PORT), protocol: 'udp' } },
    { id: 'dns-udp', label: preset('dns', { protocol: 'UDP' }), request: { ...to(resolver, DNS), protocol: 'udp' } },
    { id: 'dns-tcp', label: preset('dns', { protocol: 'TCP' }), request: to(resolver, DNS) },
  ];
}

function to(destination: string, destinationPort: number) {
  return { direction: 'out', protocol: 'tcp', destination, destinationPort } as const;
}

/** What the proxy itself sends, and what somebody sends who is taken for it, or is not. */
function fromProxy(scene: PacketScene, outside: string, own: string, port: number): readonly PacketPreset[] {
  if ('ambient' in scene) {
    const uid = Number(PROXY_USER);
    const marked = { ...to(outside, HTTP), mark: ZTUNNEL_MARK };
    return [
      { id: 'ztunnel-out', label: preset('ztunnel-out'), request: marked },
      { id: 'proxy-user', label: preset('proxy-user', { uid }), request: { ...to(outside, HTTP), uid } },
    ];
  }
  const { uid, gid } = proxyOwner(scene);
  return [
    { id: 'proxy-out', label: preset('proxy-out'), request: { ...to(outside, HTTP), uid, gid } },
    { id: 'proxy-group', label: preset('proxy-group', { gid }), request: { ...to(outside, HTTP), uid: 0, gid } },
    { id: 'proxy-self', label: preset('proxy-self'), request: { ...to(own, port), uid, gid } },
  ];
}

function preset(code: string, values?: Phrase['values']): Phrase {
  return { code: `capture.preset.${code}`, ...(values === undefined ? {} : { values }) };
}
