import type { Phrase } from '@/lib/core/phrase';
import { PORT } from './capture-config';
import type { MapFlow } from './capture-map';
import { type PacketRequest, resolvePacket } from './packet-request';
import { appUidOf, dnsServerOf, OUTSIDE, type PacketScene, sceneCapturesDns } from './packet-scene';
import { type PacketLeg, tellPacket } from './tell-packet';

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

/** The steps of all legs as one story, each with an id of its own. */
export function numberSteps(id: string, legs: readonly PacketLeg[]): MapFlow['steps'] {
  return legs.flatMap(({ steps }) => steps).map((step, index) => ({ id: `${id}/${index + 1}`, ...step }));
}

interface Preset {
  readonly id: string;
  readonly label: Phrase;
  readonly request: PacketRequest;
}

function listPresets(scene: PacketScene): readonly Preset[] {
  const { ruleSet, ends, pod } = scene;
  const apps = ends.filter((end) => end.kind === 'app');
  const ports = [
    ...new Set(apps.flatMap((end) => end.ports.filter(({ protocol }) => protocol === 'tcp').map(({ port }) => port))),
  ];
  const own = pod.addresses[0] ?? '';
  const [firstPort] = ports;
  return [
    ...ports.slice(0, MAX_INBOUND_FLOWS).map((port) => inbound(port, own)),
    out('outbound', { protocol: 'tcp', destination: OUTSIDE[ruleSet.family], destinationPort: 443 }),
    ...(sceneCapturesDns(scene)
      ? [out('dns', { protocol: 'udp', destination: dnsServerOf(scene), destinationPort: 53 })]
      : []),
    ...probes(scene, own, firstPort),
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

/** The kubelet's probe: of the sidecar's own health port, or of the application by way of the node's address for probes. */
function probes(scene: PacketScene, own: string, appPort: number | undefined): readonly Preset[] {
  if (!('ambient' in scene)) return [named(inbound(PORT.proxyHealth, own), 'health', PORT.proxyHealth)];
  const tunnel = named(inbound(PORT.tunnel, own), 'tunnel', PORT.tunnel);
  if (appPort === undefined) return [tunnel];
  const probe = named(inbound(appPort, own), 'probe', appPort);
  const source = scene.ambient.probeAddresses[scene.ruleSet.family];
  return [tunnel, { ...probe, id: 'probe', request: { ...probe.request, source } }];
}

const named = (preset: Preset, code: string, port: number): Preset => ({
  ...preset,
  label: { code: `capture.flow.${code}`, values: { port } },
});

function out(id: string, packet: Omit<PacketRequest, 'direction'>, values?: Phrase['values']): Preset {
  const label = { code: `capture.flow.${id}`, ...(values === undefined ? {} : { values }) };
  return { id, label, request: { direction: 'out', ...packet } };
}
