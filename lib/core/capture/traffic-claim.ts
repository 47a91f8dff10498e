import type { Phrase } from '@/lib/core/phrase';
import { type PacketRequest, resolvePacket } from './packet-request';
import { appUidOf, type PacketScene } from './packet-scene';
import { tracePacket } from './trace-packet';

/** Something about this pod's traffic that surprises people, with the packet that shows it. */
export interface TrafficFact {
  readonly says: Phrase;
  readonly request?: PacketRequest;
}

/** A fact that holds only if its packet ends as expected: the rules of this pod decide. */
export interface Claim extends TrafficFact {
  readonly ends?: 'captured' | 'passes';
}

/** A port on which nobody listens, and what a server of plain HTTP or DNS listens on. */
export const CLOSED_PORT = 4000;
export const HTTP = 80;
export const DNS = 53;
export const OTHER_RESOLVER = { ipv4: '192.0.2.53', ipv6: '2001:db8::53' } as const;

/** Whether the rules do with the claim's packet as it says. */
export function holds({ request, ends }: Claim, scene: PacketScene): boolean {
  if (request === undefined || ends === undefined) return true;
  const resolved = resolvePacket(request, scene.pod, appUidOf(scene));
  if (!resolved.ok) return false;
  const { packet, direction } = resolved.value;
  const { outcome } = tracePacket(scene.ruleSet, packet, direction, scene.pod);
  const isCaptured = outcome.kind === 'delivered' && outcome.by !== undefined;
  return ends === 'captured' ? isCaptured : outcome.kind === 'leaves' || (outcome.kind === 'delivered' && !isCaptured);
}

export const own = ({ pod }: PacketScene) => pod.addresses[0] ?? '';
export const say = (code: string, values?: Phrase['values']): Phrase => ({
  code: `capture.fact.${code}`,
  ...(values === undefined ? {} : { values }),
});
export const appOf = ({ ends }: PacketScene) => {
  const app = ends.find((end) => end.kind === 'app');
  return { name: app?.name ?? '', port: app?.ports[0]?.port ?? HTTP };
};
