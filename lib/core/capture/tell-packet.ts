import type { Phrase } from '@/lib/core/phrase';
import { type CaptureConfig, isTproxy, PASSTHROUGH_SOURCE, PORT, PROXY_USER, splitList } from './capture-config';
import type { CaptureEnd } from './capture-ends';
import { describeTrace, type StoryStep } from './describe-trace';
import type { Packet, PodNetwork } from './packet';
import type { ResolvedPacket } from './packet-request';
import type { RuleSet } from './rule-types';
import { type Trace, tracePacket } from './trace-packet';

/** What a packet's story is told from. */
export interface PacketScene {
  readonly ruleSet: RuleSet;
  readonly config: CaptureConfig;
  readonly ends: readonly CaptureEnd[];
  readonly pod: PodNetwork;
}

/** One connection of a story: the packet as sent, what the rules did with it, and the same in steps of the picture. */
export interface PacketLeg {
  readonly packet: Packet;
  readonly direction: 'in' | 'out';
  readonly trace: Trace;
  readonly steps: readonly StoryStep[];
}

/** Where a service's packets go once the proxy has chosen an endpoint. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** A call of a pod to its own service passes both listeners and comes to the application: three legs, and the kernel's own loop is none. */
const MOST_LEGS = 4;

/**
 * Follows a packet, and the connections that the proxy opens because of it.
 *
 * Input: `endpoint` is what the proxy chooses for the packet's destination; without it, the destination itself.
 * Output: the legs in order. The first is the packet's own, and keeps every rule that was asked.
 * Never throws.
 * Source: Istio, pilot/pkg/networking/core (inbound passthrough source, outbound passthrough cluster).
 */
export function tellPacket(
  scene: PacketScene,
  { packet, direction }: ResolvedPacket,
  endpoint?: Endpoint,
): readonly PacketLeg[] {
  const legs: PacketLeg[] = [];
  let next: LegStart | undefined = { packet, direction, ...openingOf(scene, packet, direction) };
  while (next !== undefined && legs.length < MOST_LEGS) {
    const trace: Trace = tracePacket(scene.ruleSet, next.packet, next.direction, scene.pod, {
      keepsVisits: legs.length === 0,
    });
    const steps = describeTrace(trace, next.direction, next.opens, scene.ends, next.sender);
    legs.push({ packet: next.packet, direction: next.direction, trace, steps });
    next = followUp(scene, next.packet, trace, endpoint);
  }
  return legs;
}

interface LegStart {
  readonly packet: Packet;
  readonly direction: 'in' | 'out';
  readonly opens: Phrase;
  /** The process that sends, for packets that start in the pod. */
  readonly sender?: string;
}

function followUp(scene: PacketScene, packet: Packet, trace: Trace, endpoint?: Endpoint): LegStart | undefined {
  if (isAt(trace, scene.config.inboundCapturePort)) return envoyToApp(scene, packet);
  if (isAt(trace, scene.config.proxyPort)) return envoyOnward(scene, packet, endpoint);
  if (isAt(trace, String(PORT.dns))) {
    const opens: Phrase = { code: 'capture.step.agent-onward' };
    return { packet: fromProxy(scene, packet), direction: 'out', opens, sender: 'end/agent' };
  }
  return undefined;
}

/** Envoy's connection to the application: from its own source address, or with TPROXY from the client's and marked. */
function envoyToApp(scene: PacketScene, arrived: Packet): LegStart {
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

function envoyOnward(scene: PacketScene, packet: Packet, endpoint: Endpoint | undefined): LegStart {
  const chosen = endpoint && { destination: endpoint.address, destinationPort: endpoint.port };
  const opens: Phrase =
    endpoint === undefined
      ? { code: 'capture.step.envoy-onward' }
      : { code: 'capture.step.envoy-endpoint', values: { address: endpoint.address, port: endpoint.port } };
  return { packet: { ...fromProxy(scene, packet), ...chosen }, direction: 'out', opens, sender: 'end/envoy' };
}

function fromProxy(scene: PacketScene, packet: Packet): Packet {
  return { ...packet, inInterface: '', outInterface: '', owner: proxyOwner(scene), mark: 0, state: 'NEW' };
}

/** The proxy's process, by the user that its container says and the group that the rules know. */
function proxyOwner({ config, ends }: PacketScene): { readonly uid: number; readonly gid: number } {
  const uid = ends.find((end) => end.kind === 'envoy')?.uid ?? PROXY_USER;
  return { uid: Number(uid), gid: Number(splitList(config.proxyGid)[0] ?? PROXY_USER) };
}

function openingOf(scene: PacketScene, packet: Packet, direction: 'in' | 'out'): Pick<LegStart, 'opens' | 'sender'> {
  const { destination: address, destinationPort: port, owner } = packet;
  if (direction === 'in') return { opens: { code: 'capture.step.arrives', values: { port } } };
  const uid = owner?.uid ?? 0;
  const gid = owner?.gid ?? 0;
  const apps = scene.ends.filter((end) => end.kind === 'app');
  const named = apps.find((app) => app.uid === String(uid));
  if (named !== undefined) {
    const values = { name: named.name, address, port, uid };
    return { opens: { code: 'capture.step.app-sends-as', values }, sender: named.id };
  }
  const proxy = proxyOwner(scene);
  if (uid === proxy.uid || gid === proxy.gid) {
    const sender = uid === proxy.uid && gid === proxy.gid ? { sender: 'end/envoy' } : {};
    return { opens: { code: 'capture.step.user-sends', values: { address, port, uid, gid } }, ...sender };
  }
  // An application that does not say its user may run as anybody else.
  const unnamed = apps.find((app) => app.uid === undefined);
  if (unnamed === undefined) return { opens: { code: 'capture.step.user-sends', values: { address, port, uid, gid } } };
  return {
    opens: { code: 'capture.step.app-sends', values: { name: unnamed.name, address, port } },
    sender: unnamed.id,
  };
}

/** Whether the rules brought the packet to this port; one that was sent to it anyway is the sender's own affair. */
function isAt({ outcome }: Trace, port: string): boolean {
  return outcome.kind === 'delivered' && outcome.by !== undefined && String(outcome.port) === port;
}
