import { AMBIENT_LOCAL_MARK, buildAmbientRules } from '@/lib/core/capture/build-ambient-rules';
import { buildRuleSet } from '@/lib/core/capture/build-rule-set';
import { buildSidecarRules } from '@/lib/core/capture/build-sidecar-rules';
import type { Packet, PodNetwork } from '@/lib/core/capture/packet';
import type { Family, RuleDraft } from '@/lib/core/capture/rule-types';
import { traceConnection } from '@/lib/core/capture/trace-connection';
import type { Trace } from '@/lib/core/capture/trace-types';
import type { ListenerSpec, ListeningSocket, Receipt } from './agents';
import { ADDRESSES } from './namespaces';
import { APP_PORTS, OUTSIDE_PORTS, type PlannedPacket } from './packets';
import type { Scenario } from './scenarios.data';

export function buildDrafts({ sidecar, ambient }: Scenario, family: Family): readonly RuleDraft[] {
  if (sidecar !== undefined) return buildSidecarRules(sidecar, family);
  return ambient === undefined ? [] : buildAmbientRules(ambient, family);
}

const FAMILIES = ['ipv4', 'ipv6'] as const;
const ANY = { ipv4: '0.0.0.0', ipv6: '::' } as const;
const LOOPBACK = { ipv4: '127.0.0.1', ipv6: '::1' } as const;

/** Who listens: the proxy and its agent as one process, the application, and the world outside. */
export function planListeners({ sidecar, ambient }: Scenario): readonly ListenerSpec[] {
  const isTproxy = sidecar?.interceptionMode === 'TPROXY';
  const inboundPort = Number(sidecar?.inboundCapturePort ?? 15_006);
  const ports = [Number(sidecar?.proxyPort ?? 15_001), inboundPort, Number(sidecar?.inboundTunnelPort ?? 15_008)];
  const mark = ambient === undefined ? {} : { mark: 0x5_39 };
  const at = (address: typeof ANY | typeof LOOPBACK, protocol: 'tcp' | 'udp', port: number) =>
    FAMILIES.map((family): ListeningSocket => ({ family, protocol, address: address[family], port }));
  const proxy = [
    ...[...ports, 15_020, 15_021, 15_090].flatMap((port) => at(ANY, 'tcp', port)),
    ...at(LOOPBACK, 'tcp', 15_053),
    ...at(LOOPBACK, 'udp', 15_053),
  ].map((one) => ({ ...one, ...mark, ...(isTproxy && one.port === inboundPort ? { transparent: true } : {}) }));
  const both = (list: readonly number[]) => list.flatMap((port) => [...at(ANY, 'tcp', port), ...at(ANY, 'udp', port)]);
  const proxyUser = isTproxy
    ? { uid: 0, gid: 1337 }
    : ambient === undefined
      ? { uid: 1337, gid: 1337 }
      : { uid: 0, gid: 0 };
  return [
    { name: 'proxy', ...proxyUser, sockets: proxy },
    { name: 'app', uid: 1000, gid: 1000, sockets: both(APP_PORTS) },
    { name: 'outside', uid: 1000, gid: 1000, sockets: both(OUTSIDE_PORTS) },
  ];
}

export interface Expectation {
  /** `proxy:15006`, `app:8080`, `outside:80`, or `nobody`. */
  readonly receiver: string;
  readonly trace: Trace;
}

/** What the tracer says about a packet, as the name of the socket that gets it. */
export function expectReceiver(
  scenario: Scenario,
  planned: PlannedPacket,
  listeners: readonly ListenerSpec[],
): Expectation {
  const { family, protocol } = planned;
  const ruleSet = buildRuleSet(buildDrafts(scenario, family), family);
  const direction = planned.from === 'pod' ? 'out' : 'in';
  const { first: trace, answer } = traceConnection(ruleSet, toPacket(planned), direction, networkOf(scenario));
  const { outcome, packet } = trace;
  // A handshake inside of the pod fails where the answer to a client's own address finds no way back.
  const isLost =
    direction === 'out' && protocol === 'tcp' && answer !== undefined && answer.outcome.kind !== 'delivered';
  if (isLost) return { receiver: 'nobody', trace };
  if (outcome.kind === 'leaves') return { receiver: ownerOf(listeners, 'outside', planned, planned.port), trace };
  if (outcome.kind !== 'delivered') return { receiver: outcome.kind === 'dropped' ? 'nobody' : outcome.kind, trace };
  const found = listeners
    .filter(({ name }) => name !== 'outside')
    .flatMap(({ name, sockets }) =>
      sockets.flatMap((one) =>
        one.family === family && one.protocol === protocol && one.port === outcome.port ? [{ name, one }] : [],
      ),
    )
    .find(({ one }) => one.address === ANY[family] || one.address === packet.destination);
  return { receiver: found === undefined ? 'nobody' : `${found.name}:${outcome.port}`, trace };
}

function ownerOf(listeners: readonly ListenerSpec[], name: string, planned: PlannedPacket, port: number): string {
  const isOpen = listeners.some(
    (spec) => spec.name === name && spec.sockets.some((one) => one.protocol === planned.protocol && one.port === port),
  );
  return isOpen ? `${name}:${port}` : 'nobody';
}

function networkOf({ sidecar, ambient }: Scenario): PodNetwork {
  const pod = { addresses: [ADDRESSES.pod.ipv4, ADDRESSES.pod.ipv6], interfaceName: 'eth0' };
  if (ambient !== undefined) {
    return { ...pod, localMarks: [AMBIENT_LOCAL_MARK.mark], localMarkMask: AMBIENT_LOCAL_MARK.mask };
  }
  return { ...pod, localMarks: sidecar?.interceptionMode === 'TPROXY' ? [1337] : [] };
}

function toPacket({ from, family, protocol, destination, port, source, uid, gid, mark = 0 }: PlannedPacket): Packet {
  const isLoopback = destination.startsWith('127.') || destination === '::1';
  const usual = from === 'outside' ? ADDRESSES.node[family] : isLoopback ? LOOPBACK[family] : ADDRESSES.pod[family];
  return {
    protocol,
    source: source ?? usual,
    sourcePort: 40_000,
    destination,
    destinationPort: port,
    inInterface: '',
    outInterface: '',
    ...(from === 'pod' ? { owner: { uid, gid } } : {}),
    mark,
    connectionMark: 0,
    state: 'NEW',
  };
}

/** Whether the socket saw what the tracer says: the original destination after REDIRECT, the same address with TPROXY. */
export function findAddressFault({ trace }: Expectation, planned: PlannedPacket, receipt: Receipt): string | undefined {
  const { outcome } = trace;
  if (planned.protocol !== 'tcp' || outcome.kind !== 'delivered' || outcome.by === undefined) return undefined;
  const seen = outcome.by.target === 'TPROXY' ? receipt.local : receipt.original;
  const wanted = `${planned.destination} ${planned.port}`;
  const got = seen === undefined || seen === null ? 'nothing' : `${seen[0]} ${seen[1]}`;
  return got === wanted ? undefined : `the receiver saw ${got} as the original destination, not ${wanted}`;
}
