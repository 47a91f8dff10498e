export type ConnectionState = 'NEW' | 'ESTABLISHED' | 'RELATED' | 'INVALID';

/** A packet at one hook, with what rules can ask about it. */
export interface Packet {
  readonly protocol: 'tcp' | 'udp';
  readonly source: string;
  readonly sourcePort?: number;
  readonly destination: string;
  readonly destinationPort: number;
  /** Empty where the hook knows none. */
  readonly inInterface: string;
  readonly outInterface: string;
  /** User and group of the process that made the socket; absent for packets without one. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  readonly mark: number;
  readonly connectionMark: number;
  readonly state: ConnectionState;
}

/** What a packet's way depends on besides the rules. */
export interface PodNetwork {
  /** Addresses of the pod, the first of each family is its main one. */
  readonly addresses: readonly string[];
  readonly interfaceName: string;
  /** Packet marks that a routing rule delivers locally whatever their destination (TPROXY: 1337). */
  readonly localMarks: readonly number[];
}
