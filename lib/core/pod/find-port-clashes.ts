import type { PortClash, PortRow } from './port-types';
import { RESERVED_PORTS } from './proxy-ports.data';

/** A row before clashes are known, with the node port that its container asks for. */
export interface PortCandidate extends Omit<PortRow, 'clashes'> {
  readonly hostPort?: number;
}

/**
 * Finds the ports that cannot be what they want to be: one socket per address, port and protocol in a pod.
 *
 * Output: only on rows of containers, not on the proxy's own; a port that Istio reserves counts only in a pod with a proxy.
 */
export function findPortClashes(row: PortCandidate, all: readonly PortCandidate[]): readonly PortClash[] {
  if (row.process !== 'application') return [];
  const { port, protocol, container } = row;
  const isSameSocket = (other: PortCandidate) =>
    other.port === port && other.protocol === protocol && other.id !== row.id;
  const taken = all.find((other) => isSameSocket(other) && other.process !== 'application');
  const shared = all.find(
    (other) =>
      isSameSocket(other) &&
      other.process === 'application' &&
      other.container !== container &&
      !other.endsEarly &&
      !row.endsEarly,
  );
  const hasProxy = all.some(({ process }) => process === 'envoy' || process === 'ztunnel');
  const clashes: PortClash[] = [];
  if (taken !== undefined) {
    const values = { port, process: taken.process, container };
    clashes.push({
      kind: 'proxy-port',
      because: { code: row.endsEarly ? 'pod.port.clash.init' : 'pod.port.clash.proxy', values },
    });
  } else if (hasProxy && RESERVED_PORTS.has(port) && protocol === 'TCP') {
    clashes.push({ kind: 'reserved-port', because: { code: 'pod.port.clash.reserved', values: { port } } });
  }
  if (shared !== undefined) {
    const values = { port, container, other: shared.container };
    clashes.push({ kind: 'same-port', because: { code: 'pod.port.clash.same', values } });
  }
  if (row.hostPort !== undefined && row.hostPort > 0) {
    clashes.push({ kind: 'host-port', because: { code: 'pod.port.clash.host', values: { port: row.hostPort } } });
  }
  return clashes;
}
