import type { Family } from '@/lib/core/capture/rule-types';
import type { SendCommand } from './agents';
import { ADDRESSES } from './namespaces';
import type { Scenario } from './scenarios.data';

/** A packet to send: from outside or by a process of the pod. */
export interface PlannedPacket extends Omit<SendCommand, 'token' | 'timeout'> {
  readonly from: 'pod' | 'outside';
}

type Owner = readonly [uid: number, gid: number];
const OWNERS: readonly Owner[] = [
  [1000, 1000],
  [0, 0],
  [1337, 1337],
  [1000, 1337],
  [0, 1337],
  [2000, 3000],
  [1338, 1338],
];
/** Ports on which something outside of the pod listens. */
export const OUTSIDE_PORTS = [53, 80, 443, 4000, 5555, 7777, 9999];
/** Ports of the application; 4444 is never open. */
export const APP_PORTS = [80, 5555, 8080, 9000];
const CLOSED = 4444;
const INBOUND = [80, 8080, 9000, CLOSED, 15000, 15001, 15006, 15008, 15020, 15021, 15053, 15090];

/** Everything that is sent through the rules of one scenario. */
export function planPackets(scenario: Scenario): readonly PlannedPacket[] {
  const families: readonly Family[] =
    (scenario.sidecar?.enableIpv6 ?? scenario.ambient?.enableIpv6) === true ? ['ipv4', 'ipv6'] : ['ipv4'];
  return families.flatMap((family) => [
    ...inbound(family),
    ...OWNERS.flatMap((owner) => outbound(family, owner)),
    ...special(scenario, family),
  ]);
}

function inbound(family: Family): readonly PlannedPacket[] {
  const to = { from: 'outside', family, destination: ADDRESSES.pod[family], uid: 0, gid: 0 } as const;
  return [
    ...INBOUND.map((port) => ({ ...to, protocol: 'tcp', port }) as const),
    ...[5555, CLOSED, 15_053].map((port) => ({ ...to, protocol: 'udp', port }) as const),
  ];
}

function outbound(family: Family, [uid, gid]: Owner): readonly PlannedPacket[] {
  const { service, dns, world, pod } = ADDRESSES;
  const loopback = family === 'ipv4' ? ['127.0.0.1', '127.0.0.2'] : ['::1'];
  const send = (protocol: 'tcp' | 'udp', destination: string, port: number): PlannedPacket => ({
    from: 'pod',
    family,
    protocol,
    destination,
    port,
    uid,
    gid,
  });
  return [
    ...[80, 443, 7777, 9999].flatMap((port) => [send('tcp', service[family], port), send('tcp', world[family], port)]),
    send('tcp', dns[family], 53),
    send('tcp', service[family], 53),
    send('udp', dns[family], 53),
    send('udp', service[family], 53),
    send('udp', world[family], 4000),
    send('udp', world[family], 5555),
    ...[8080, CLOSED, 15_008, 15_021, 53].map((port) => send('tcp', pod[family], port)),
    send('udp', pod[family], 5555),
    ...loopback.flatMap((address) => [
      send('tcp', address, 8080),
      send('tcp', address, 53),
      send('udp', address, 53),
      send('udp', address, 5555),
    ]),
  ];
}

/** Packets that only a proxy sends: from its own source address, from its client's, or marked. */
function special({ sidecar, ambient }: Scenario, family: Family): readonly PlannedPacket[] {
  const { pod, world, dns, probe, service } = ADDRESSES;
  const proxy = { from: 'pod', family, uid: 1337, gid: 1337 } as const;
  const root = { from: 'pod', family, uid: 0, gid: 1337 } as const;
  const passthrough = family === 'ipv4' ? '127.0.0.6' : '::6';
  const toApp = { protocol: 'tcp', destination: pod[family], port: 8080 } as const;
  const own: PlannedPacket[] = [
    { ...proxy, ...toApp, source: passthrough },
    { ...root, ...toApp, source: passthrough },
  ];
  if (sidecar?.interceptionMode === 'TPROXY') {
    own.push({ ...root, ...toApp, source: world[family], transparent: true, mark: 1337 });
  }
  if (ambient !== undefined) {
    const ztunnel = { ...root, gid: 0, mark: 0x5_39 } as const;
    own.push(
      { ...ztunnel, protocol: 'tcp', destination: service[family], port: 80 },
      { ...ztunnel, protocol: 'tcp', destination: dns[family], port: 53 },
      { ...ztunnel, protocol: 'udp', destination: dns[family], port: 53 },
      { ...ztunnel, ...toApp, source: world[family], transparent: true },
      { ...toApp, from: 'outside', family, uid: 0, gid: 0, source: probe[family] },
    );
  }
  return own;
}
