export const CONNECTION_STATES = ['NEW', 'ESTABLISHED', 'RELATED', 'INVALID', 'UNTRACKED'] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];

export const PROTOCOLS = ['tcp', 'udp', 'icmp', 'ipv6-icmp', 'sctp'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** A packet at one hook, with what rules can ask about it. */
export interface Packet {
  readonly protocol: Protocol;
  readonly source: string;
  readonly sourcePort?: number;
  readonly destination: string;
  /** 0 for protocols without ports. */
  readonly destinationPort: number;
  /** Empty where the hook knows none. */
  readonly inInterface: string;
  readonly outInterface: string;
  /** User and group of the process that made the socket; absent for packets without one. */
  readonly owner?: PacketOwner;
  readonly mark: number;
  readonly connectionMark: number;
  readonly state: ConnectionState;
}

export interface PacketOwner {
  readonly uid: number;
  readonly gid: number;
}

/** What a packet's way depends on besides the rules. */
export interface PodNetwork {
  /** Addresses of the pod, the first of each family is its main one. */
  readonly addresses: readonly string[];
  readonly interfaceName: string;
  /** Packet marks that a routing rule delivers locally whatever their destination (TPROXY: 1337). */
  readonly localMarks: readonly number[];
  /** Bits of the mark that the routing rule looks at (ambient: 0xfff); all where absent. */
  readonly localMarkMask?: number;
}
