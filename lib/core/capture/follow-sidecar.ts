import type { Phrase } from '@/lib/core/phrase';
import { isTproxy, PASSTHROUGH_SOURCE, PORT, PROXY_USER, splitList } from './capture-config';
import type { Packet, PacketOwner } from './packet';
import type { Endpoint, LegStart, SidecarScene } from './packet-scene';

/**
 * The connection that Envoy or the agent opens because of one that the rules led to this port; nothing for other ports.
 *
 * Source: Istio, pilot/pkg/networking/core (inbound passthrough source, outbound passthrough cluster).
 */
export function followSidecar(
  scene: SidecarScene,
  packet: Packet,
  port: number,
  endpoint?: Endpoint,
): LegStart | undefined {
  if (port === Number(scene.config.inboundCapturePort)) return envoyToApp(scene, packet);
  if (port === Number(scene.config.proxyPort)) return envoyOnward(scene, packet, endpoint);
  if (port !== PORT.dns) return undefined;
  const opens: Phrase = { code: 'capture.step.agent-onward' };
  return { packet: fromProxy(scene, packet), direction: 'out', opens, sender: 'end/agent' };
}

/** Envoy's connection to the application: from its own source address, or with TPROXY from the client's and marked. */
function envoyToApp(scene: SidecarScene, arrived: Packet): LegStart {
  const { ruleSet, config } = scene;
  const tproxy = isTproxy(config);
  const source = tproxy ? arrived.source : PASSTHROUGH_SOURCE[ruleSet.family];
  const mark = tproxy ? Number(config.tproxyMark) : 0;
  return {
    packet: { ...fromProxy(scene, arrived), source, mark },
    direction: 'out',
    opens: { code: 'capture.step.envoy-to-app', values: { port: arrived.destinationPort, source } },
    sender: 'end/envoy',
  };
}

function envoyOnward(scene: SidecarScene, packet: Packet, endpoint: Endpoint | undefined): LegStart {
  const chosen = endpoint && { destination: endpoint.address, destinationPort: endpoint.port };
  const opens: Phrase =
    endpoint === undefined
      ? { code: 'capture.step.envoy-onward' }
      : { code: 'capture.step.envoy-endpoint', values: { address: endpoint.address, port: endpoint.port } };
  return { packet: { ...fromProxy(scene, packet), ...chosen }, direction: 'out', opens, sender: 'end/envoy' };
}

function fromProxy(scene: SidecarScene, packet: Packet): Packet {
  return { ...packet, inInterface: '', outInterface: '', owner: proxyOwner(scene), mark: 0, state: 'NEW' };
}

/** The proxy's process, by the user that its container says and the group that the rules know. */
export function proxyOwner({ config, ends }: SidecarScene): PacketOwner {
  const uid = ends.find((end) => end.kind === 'envoy')?.uid ?? PROXY_USER;
  return { uid: Number(uid), gid: Number(splitList(config.proxyGid)[0] ?? PROXY_USER) };
}
