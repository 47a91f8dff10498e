import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildRuleSet } from './build-rule-set';
import { buildSidecarRules } from './build-sidecar-rules';
import { type CaptureConfig, PROGRAM_DEFAULTS } from './capture-config';
import { nameReceiver } from './name-receiver';
import type { Packet, PacketOwner, PodNetwork } from './packet';
import { renderSavedRule } from './render-save';
import type { RuleSet } from './rule-types';
import { traceConnection } from './trace-connection';
import type { Trace } from './trace-types';

interface Flow {
  readonly name: string;
  readonly mode: string;
  readonly iptables: string;
  readonly direction: string;
  readonly proto: 'tcp' | 'udp' | '-';
  readonly src: string;
  readonly dst: string;
  readonly dport: number;
  readonly uid: number | null;
  readonly gid: number | null;
  readonly hits: readonly string[];
  readonly receivedBy: string;
}

const file = join(resolve(process.env.SIDELIGHT_VECTORS ?? '../shared'), 'recorded/dataplane/flows.json');
const flows: readonly Flow[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];

const POD_IP = '10.226.0.21';
const DNS_SERVER = '10.96.0.10';
const injected: CaptureConfig = {
  ...PROGRAM_DEFAULTS,
  interceptionMode: 'REDIRECT',
  inboundPortsInclude: '*',
  inboundPortsExclude: '15090,15021,15020',
  outboundIpRangesInclude: '*',
};
const CONFIGS: Readonly<Record<string, Partial<CaptureConfig>>> = {
  REDIRECT: {},
  DNS: { redirectDns: true, dnsServersV4: [DNS_SERVER] },
  TPROXY: { interceptionMode: 'TPROXY' },
};

/** The recording of exclusions does not name them; the rules that were hit do. */
function configOf(flow: Flow): CaptureConfig {
  const known = CONFIGS[flow.mode];
  if (known !== undefined) return { ...injected, ...known };
  const hits = flows.filter((one) => one.mode === flow.mode).flatMap((one) => one.hits);
  const ports = hits.flatMap((hit) => /nat -A ISTIO_INBOUND .*--dport (\d+) -j RETURN/.exec(hit)?.[1] ?? []);
  const ranges = hits.flatMap((hit) => /nat -A ISTIO_OUTPUT -d (\S+) -j RETURN/.exec(hit)?.[1] ?? []);
  return {
    ...injected,
    inboundPortsExclude: [injected.inboundPortsExclude, ...new Set(ports)].join(','),
    outboundIpRangesExclude: [...new Set(ranges)].join(','),
  };
}

/** One flow in the making: its rules, the proxy of its mode, and what its packets hit. */
interface Story {
  readonly config: CaptureConfig;
  readonly ruleSet: RuleSet;
  readonly pod: PodNetwork;
  readonly proxy: PacketOwner;
  readonly hits: Set<string>;
  readonly receivers: string[];
  /** The DNS proxy asked its server. */
  readonly asksOnward: boolean;
  readonly hooks: Set<string>;
}

function begin(flow: Flow): Story {
  const config = configOf(flow);
  const isTproxy = config.interceptionMode === 'TPROXY';
  return {
    config,
    ruleSet: buildRuleSet(buildSidecarRules(config, 'ipv4'), 'ipv4'),
    pod: { addresses: [POD_IP], interfaceName: 'eth0', localMarks: isTproxy ? [1337] : [] },
    proxy: isTproxy ? { uid: 0, gid: 1337 } : { uid: 1337, gid: 1337 },
    hits: new Set(),
    receivers: [],
    asksOnward: flow.receivedBy.includes('-> peer'),
    hooks: new Set(),
  };
}

/** Follows a connection with its answers, then what its receiver does with it. */
function follow(story: Story, packet: Packet, direction: 'in' | 'out', depth = 0): void {
  const { ruleSet, pod, proxy, hits, receivers, config } = story;
  const isToProxy = (trace: Trace) => !['app', undefined].includes(nameReceiver(trace, config));
  const probe = traceConnection(ruleSet, packet, direction, pod);
  const receiver = isToProxy(probe.first) ? proxy : { uid: 0, gid: 0 };
  const { first, answer, later } = traceConnection(ruleSet, packet, direction, pod, receiver);
  for (const trace of [first, answer, later]) {
    for (const hook of trace?.hooks ?? []) story.hooks.add(hook);
    for (const { rule } of trace?.steps ?? []) hits.add(`${rule.table} ${renderSavedRule(rule, 'ipv4')}`);
  }
  const name = nameReceiver(first, config) ?? first.outcome.kind;
  receivers.push(name === 'app' && first.outcome.kind === 'delivered' ? `app ${first.outcome.port}` : name);
  if (depth > 3) return;
  const { destination, destinationPort } = packet;
  const onward = (over: Partial<Packet>) =>
    follow(story, { ...packet, mark: 0, connectionMark: 0, owner: proxy, ...over }, 'out', depth + 1);
  const isRedirected = first.outcome.kind === 'delivered' && first.outcome.by !== undefined;
  // The agent answers names of the mesh by itself; a direct call to 15001 has nowhere to go on to.
  if (isRedirected && (name === 'envoy-outbound' || (name === 'dns-proxy' && story.asksOnward)))
    onward({ source: POD_IP, destination, destinationPort });
  if (name === 'envoy-inbound') {
    const isTproxy = config.interceptionMode === 'TPROXY';
    const own = isTproxy ? { source: packet.source, mark: 1337 } : { source: '127.0.0.6' };
    onward({ ...own, destination: POD_IP, inInterface: '', outInterface: '' });
  }
}

const POLICY = /^\w+ :(\w+) policy /;
const known = flows.filter((flow) => flow.proto !== '-');
/** What the agent does by itself: it asks istiod, and its own DNS queries. */
const NOISE =
  /-A OUTPUT -j ISTIO_OUTPUT$|--[ug]id-owner 1337 -j RETURN$|-i lo -p tcp -m mark ! --mark 0x53a -j RETURN$/;

describe.skipIf(known.length === 0)(
  'recorded flows, every rule of every packet (skipped without the recordings)',
  () => {
    it.each(known.map((flow) => [`${flow.mode} ${flow.iptables} ${flow.name}`, flow] as const))('%s', (_name, flow) => {
      const story = begin(flow);
      const packet: Packet = {
        protocol: flow.proto === 'udp' ? 'udp' : 'tcp',
        source: flow.src,
        sourcePort: 40_000,
        destination: flow.dst,
        destinationPort: flow.dport,
        inInterface: '',
        outInterface: '',
        ...(flow.uid === null || flow.gid === null ? {} : { owner: { uid: flow.uid, gid: flow.gid } }),
        mark: 0,
        connectionMark: 0,
        state: 'NEW',
      };
      follow(story, packet, flow.direction === 'inbound' ? 'in' : 'out');
      if (flow.receivedBy.includes('envoy 15006 (mTLS)')) {
        follow(story, { ...packet, owner: story.proxy, destination: POD_IP, source: POD_IP }, 'out');
      }
      const recorded = flow.hits.map((hit) => hit.replace(/ +\(x\d+\)$/, ''));
      const counted = recorded.filter((hit) => !NOISE.test(hit) && !POLICY.test(hit));
      expect([...story.hits].filter((hit) => !recorded.includes(hit))).toEqual([]);
      expect(counted.filter((hit) => !story.hits.has(hit))).toEqual([]);
      // Where policies were counted, too, they name the hooks that packets passed.
      const passed = new Set(recorded.flatMap((hit) => (hit.startsWith('mangle :') ? [POLICY.exec(hit)?.[1]] : [])));
      if (passed.size > 0) expect([...story.hooks].filter((hook) => !passed.has(hook))).toEqual([]);
      expect(story.receivers[0]).toBe(receiverOf(flow));
    });
  },
);

function receiverOf({ receivedBy, dport }: Flow): string {
  const port = /^(?:envoy|pilot-agent) (\d+)/.exec(receivedBy)?.[1];
  const names: Readonly<Record<string, string>> = {
    '15000': 'envoy-admin',
    '15001': 'envoy-outbound',
    '15006': 'envoy-inbound',
    '15020': 'agent',
    '15021': 'envoy-health',
    '15053': 'dns-proxy',
  };
  if (port !== undefined) return names[port] ?? port;
  if (receivedBy.startsWith('peer')) return 'leaves';
  return dport === 15_008 ? 'tunnel' : `app ${dport}`;
}
