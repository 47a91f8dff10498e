import { AMBIENT_MARK_MASK, ZTUNNEL_MARK } from './build-ambient-rules';
import { describeTrace, type StoryStep } from './describe-trace';
import { followAmbient } from './follow-ambient';
import { followSidecar, proxyOwner } from './follow-sidecar';
import type { Packet } from './packet';
import type { ResolvedPacket } from './packet-request';
import type { Endpoint, LegStart, PacketScene } from './packet-scene';
import { type Trace, tracePacket } from './trace-packet';

/** One connection of a story: the packet as sent, what the rules did with it, and the same in steps of the picture. */
export interface PacketLeg {
  readonly packet: Packet;
  readonly direction: 'in' | 'out';
  readonly trace: Trace;
  readonly steps: readonly StoryStep[];
}

/** A call of a pod to its own service passes both listeners and comes to the application: three legs, and the kernel's own loop is none. */
const MOST_LEGS = 4;

/**
 * Follows a packet, and the connections that the proxy opens because of it.
 *
 * Input: `endpoint` is what the proxy chooses for the packet's destination; without it, the destination itself.
 * Output: the legs in order. The first is the packet's own, and keeps every rule that was asked.
 * Never throws.
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

/** Only where the rules brought the packet to its port; one that was sent to it anyway is the sender's own affair. */
function followUp(scene: PacketScene, packet: Packet, { outcome }: Trace, endpoint?: Endpoint): LegStart | undefined {
  if (outcome.kind !== 'delivered' || outcome.by === undefined) return undefined;
  return 'ambient' in scene
    ? followAmbient(packet, outcome.port, endpoint)
    : followSidecar(scene, packet, outcome.port, endpoint);
}

type Opening = Pick<LegStart, 'opens' | 'sender'>;

function openingOf(scene: PacketScene, packet: Packet, direction: 'in' | 'out'): Opening {
  const { destination: address, destinationPort: port, owner } = packet;
  if (direction === 'in') return { opens: { code: 'capture.step.arrives', values: { port } } };
  const uid = owner?.uid ?? 0;
  const gid = owner?.gid ?? 0;
  if ('ambient' in scene && isFromZtunnel(packet)) {
    return { opens: { code: 'capture.step.ztunnel-sends', values: { address, port } }, sender: 'end/ztunnel' };
  }
  const apps = scene.ends.filter((end) => end.kind === 'app');
  const named = apps.find((app) => app.uid === String(uid));
  if (named !== undefined) {
    const values = { name: named.name, address, port, uid };
    return { opens: { code: 'capture.step.app-sends-as', values }, sender: named.id };
  }
  const someUser: Opening = { opens: { code: 'capture.step.user-sends', values: { address, port, uid, gid } } };
  if (!('ambient' in scene)) {
    const proxy = proxyOwner(scene);
    if (uid === proxy.uid && gid === proxy.gid) return { ...someUser, sender: 'end/envoy' };
    if (uid === proxy.uid || gid === proxy.gid) return someUser;
  }
  // An application that does not say its user may run as anybody else.
  const unnamed = apps.find((app) => app.uid === undefined);
  if (unnamed === undefined) return someUser;
  return {
    opens: { code: 'capture.step.app-sends', values: { name: unnamed.name, address, port } },
    sender: unnamed.id,
  };
}

/** As the rules know it: by the mark alone. */
function isFromZtunnel({ mark }: Packet): boolean {
  return (mark & AMBIENT_MARK_MASK) === ZTUNNEL_MARK;
}
