import type { Phrase } from '@/lib/core/phrase';
import { ZTUNNEL_MARK } from './build-ambient-rules';
import { PORT } from './capture-config';
import type { Packet } from './packet';
import type { Endpoint, LegStart } from './packet-scene';

/** The user and group of ztunnel's process. Source: Istio, manifests/charts/ztunnel. */
const ZTUNNEL_OWNER = { uid: 0, gid: 1337 } as const;

/**
 * The connection that ztunnel opens because of one that the rules led to this port; nothing for other ports.
 *
 * Output: a packet with ztunnel's mark. To the application it keeps the caller's address.
 */
export function followAmbient(packet: Packet, port: number, endpoint?: Endpoint): LegStart | undefined {
  if (port === PORT.inbound) {
    const { destinationPort, source } = packet;
    const values = { port: destinationPort, source };
    return fromZtunnel(packet, { code: 'capture.step.ztunnel-to-app', values });
  }
  if (port === PORT.dns) return fromZtunnel(packet, { code: 'capture.step.ztunnel-asks' });
  if (port !== PORT.outbound) return undefined;
  if (endpoint === undefined) return fromZtunnel(packet, { code: 'capture.step.ztunnel-onward' });
  const { address, port: chosen } = endpoint;
  const onward = { ...packet, destination: address, destinationPort: chosen };
  return fromZtunnel(onward, { code: 'capture.step.ztunnel-endpoint', values: { address, port: chosen } });
}

function fromZtunnel(packet: Packet, opens: Phrase): LegStart {
  const sent = { inInterface: '', outInterface: '', owner: ZTUNNEL_OWNER, mark: ZTUNNEL_MARK, state: 'NEW' } as const;
  return { packet: { ...packet, ...sent }, direction: 'out', opens, sender: 'end/ztunnel' };
}
