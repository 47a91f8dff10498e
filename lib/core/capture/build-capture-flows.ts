import type { Phrase } from '@/lib/core/phrase';
import { type CaptureConfig, capturesDns, PORT } from './capture-config';
import type { MapFlow } from './capture-map';
import { type PacketRequest, resolvePacket } from './packet-request';
import type { Family } from './rule-types';
import { type PacketLeg, type PacketScene, tellPacket } from './tell-packet';

/** Addresses of nobody, from the ranges kept for documentation. */
const OUTSIDE = { ipv4: '203.0.113.9', ipv6: '2001:db8::9' } as const;
const MAX_INBOUND_FLOWS = 3;

/**
 * Follows the packets that people ask about through the rules, with the follow-up packets of the proxy.
 *
 * Output: inbound per TCP port of the applications, outbound, DNS if captured, the kubelet's health probe, a call to the own pod address.
 */
export function buildCaptureFlows(scene: PacketScene): readonly MapFlow[] {
  return listPresets(scene).flatMap(({ id, label, request }) => {
    const resolved = resolvePacket(request, scene.pod, appUidOf(scene));
    if (!resolved.ok) return [];
    return [{ id, label, request, steps: numberSteps(id, tellPacket(scene, resolved.value)) }];
  });
}

/** The user of the first application, where the pod says it. */
export function appUidOf({ ends }: Pick<PacketScene, 'ends'>): number | undefined {
  const uid = ends.find((end) => end.kind === 'app')?.uid;
  return uid === undefined ? undefined : Number(uid);
}

/** The steps of all legs as one story, each with an id of its own. */
export function numberSteps(id: string, legs: readonly PacketLeg[]): MapFlow['steps'] {
  return legs.flatMap(({ steps }) => steps).map((step, index) => ({ id: `${id}/${index + 1}`, ...step }));
}

interface Preset {
  readonly id: string;
  readonly label: Phrase;
  readonly request: PacketRequest;
}

function listPresets({ ruleSet, config, ends, pod }: PacketScene): readonly Preset[] {
  const apps = ends.filter((end) => end.kind === 'app');
  const ports = [
    ...new Set(apps.flatMap((end) => end.ports.filter(({ protocol }) => protocol === 'tcp').map(({ port }) => port))),
  ];
  const own = pod.addresses[0] ?? '';
  const [firstPort] = ports;
  return [
    ...ports.slice(0, MAX_INBOUND_FLOWS).map((port) => inbound(port, own)),
    out('outbound', { protocol: 'tcp', destination: OUTSIDE[ruleSet.family], destinationPort: 443 }),
    ...(capturesDns(config) ? [dnsQuery(config, ruleSet.family)] : []),
    { ...inbound(PORT.proxyHealth, own), label: { code: 'capture.flow.health', values: { port: PORT.proxyHealth } } },
    ...(firstPort === undefined
      ? []
      : [out('self', { protocol: 'tcp', destination: own, destinationPort: firstPort }, { port: firstPort })]),
  ];
}

function inbound(port: number, destination: string): Preset {
  return {
    id: `inbound-${port}`,
    label: { code: 'capture.flow.inbound', values: { port } },
    request: { direction: 'in', protocol: 'tcp', destination, destinationPort: port },
  };
}

function dnsQuery(config: CaptureConfig, family: Family): Preset {
  const known = family === 'ipv4' ? config.dnsServersV4 : config.dnsServersV6;
  return out('dns', { protocol: 'udp', destination: known[0] ?? OUTSIDE[family], destinationPort: 53 });
}

function out(id: string, packet: Omit<PacketRequest, 'direction'>, values?: Phrase['values']): Preset {
  const label = { code: `capture.flow.${id}`, ...(values === undefined ? {} : { values }) };
  return { id, label, request: { direction: 'out', ...packet } };
}
