import { describe, expect, it } from 'vitest';
import { buildRuleSet } from './build-rule-set';
import { buildSidecarRules } from './build-sidecar-rules';
import { type CaptureConfig, PROGRAM_DEFAULTS } from './capture-config';
import type { Packet, PodNetwork } from './packet';
import type { RuleSet } from './rule-types';
import { type TraceOutcome, tracePacket } from './trace-packet';

const POD_IP = '10.244.0.10';
const pod: PodNetwork = { addresses: [POD_IP], interfaceName: 'eth0', localMarks: [1337] };
const template: CaptureConfig = {
  ...PROGRAM_DEFAULTS,
  interceptionMode: 'REDIRECT',
  inboundPortsInclude: '*',
  inboundPortsExclude: '15090,15021,15020',
  outboundIpRangesInclude: '*',
};
const rules = (over: Partial<CaptureConfig> = {}): RuleSet =>
  buildRuleSet(buildSidecarRules({ ...template, ...over }, 'ipv4'), 'ipv4');
const packet = (over: Partial<Packet>): Packet => ({
  protocol: 'tcp',
  source: '203.0.113.1',
  sourcePort: 40_000,
  destination: POD_IP,
  destinationPort: 8080,
  inInterface: '',
  outInterface: '',
  mark: 0,
  connectionMark: 0,
  state: 'NEW',
  ...over,
});
const app = { uid: 1000, gid: 1000 };
const proxy = { uid: 1337, gid: 1337 };
const tproxyProxy = { uid: 0, gid: 1337 };
const out = (owner: Packet['owner'], destination: string, destinationPort: number, over: Partial<Packet> = {}) =>
  packet({ ...(owner === undefined ? {} : { owner }), source: POD_IP, destination, destinationPort, ...over });

const LABELS: Readonly<Record<string, string>> = {
  'nat/PREROUTING/1': 'P1',
  'nat/OUTPUT/1': 'U1',
  'nat/ISTIO_IN_REDIRECT/1': 'IR1',
  'nat/ISTIO_REDIRECT/1': 'R1',
};
const label = (id: string) => LABELS[id] ?? id.replace('nat/ISTIO_INBOUND/', 'I').replace('nat/ISTIO_OUTPUT/', 'O');
const end = (outcome: TraceOutcome) => (outcome.kind === 'delivered' ? `${outcome.port}` : outcome.kind);

type Row = readonly [name: string, direction: 'in' | 'out', packet: Packet, hits: string, end: string];
const trace = (set: RuleSet, direction: 'in' | 'out', sent: Packet) => {
  const { steps, outcome } = tracePacket(set, sent, direction, pod);
  return { hits: steps.map(({ rule }) => label(rule.id)).join(' '), end: end(outcome) };
};

describe('REDIRECT, as observed on a kernel', () => {
  it.each<Row>([
    ['takes inbound TCP to Envoy', 'in', packet({}), 'P1 I5 IR1', '15006'],
    ['lets Envoy reach the application', 'out', out(proxy, POD_IP, 8080, { source: '127.0.0.6' }), 'U1 O1', '8080'],
    ['lets Envoy use localhost', 'out', out(proxy, '127.0.0.1', 8080), 'U1 O4', '8080'],
    ['takes outbound TCP to Envoy', 'out', out(app, '10.96.7.7', 80), 'U1 O9 R1', '15001'],
    ['lets Envoy out', 'out', out(proxy, '203.0.113.9', 80), 'U1 O4', 'leaves'],
    ['lets the group out', 'out', out({ uid: 1000, gid: 1337 }, '203.0.113.9', 80), 'U1 O7', 'leaves'],
    ['lets the application call itself', 'out', out(app, POD_IP, 8080), 'U1 O3', '8080'],
    ['lets the application use loopback', 'out', out(app, '127.0.0.2', 8080), 'U1 O3', '8080'],
    ['takes Envoy calling its own pod', 'out', out(proxy, POD_IP, 8080), 'U1 O2 IR1', '15006'],
    ['spares the tunnel port in that case', 'out', out(proxy, POD_IP, 15008), 'U1 O4', '15008'],
    ['takes Envoy calling 127.0.0.2', 'out', out(proxy, '127.0.0.2', 8080), 'U1 O2 IR1', '15006'],
    ['spares the health port', 'in', packet({ destinationPort: 15021 }), 'P1 I3', '15021'],
    ['spares the tunnel port', 'in', packet({ destinationPort: 15008 }), 'P1 I1', '15008'],
    ['takes calls to 15001 from outside', 'in', packet({ destinationPort: 15001 }), 'P1 I5 IR1', '15006'],
    ['leaves outbound UDP', 'out', out(app, '203.0.113.9', 4000, { protocol: 'udp' }), 'U1 O9', 'leaves'],
    ['leaves inbound UDP', 'in', packet({ protocol: 'udp' }), '', '8080'],
    ['asks nat for new connections only', 'in', packet({ state: 'ESTABLISHED' }), '', '8080'],
  ])('%s', (_name, direction, sent, hits, want) => {
    expect(trace(rules(), direction, sent)).toEqual({ hits, end: want });
  });
});

describe('settings that change the way', () => {
  const excluding = rules({
    outboundPortsExclude: '9999',
    outboundIpRangesExclude: '203.0.113.9/32',
    outboundPortsInclude: '7777',
  });
  it.each<readonly [string, RuleSet, 'in' | 'out', Packet, string]>([
    ['an excluded port leaves', excluding, 'out', out(app, '10.96.7.7', 9999), 'leaves'],
    ['an excluded range leaves', excluding, 'out', out(app, '203.0.113.9', 80), 'leaves'],
    ['a range exclusion beats a port inclusion', excluding, 'out', out(app, '203.0.113.9', 7777), 'leaves'],
    ['the rest is taken', excluding, 'out', out(app, '10.96.7.7', 80), '15001'],
    ['an excluded interface is left alone inbound', rules({ excludeInterfaces: 'eth0' }), 'in', packet({}), '8080'],
    ['and outbound', rules({ excludeInterfaces: 'eth0' }), 'out', out(app, '10.96.7.7', 80), 'leaves'],
    ['no includes: nothing inbound', rules({ inboundPortsInclude: '' }), 'in', packet({}), '8080'],
    [
      'no includes: nothing outbound',
      rules({ outboundIpRangesInclude: '' }),
      'out',
      out(app, '10.96.7.7', 80),
      'leaves',
    ],
    ['a listed group is taken', rules({ ownerGroupsInclude: '1000' }), 'out', out(app, '10.96.7.7', 80), '15001'],
    ['another group is not', rules({ ownerGroupsInclude: '2000' }), 'out', out(app, '10.96.7.7', 80), 'leaves'],
    [
      'an unresolvable group name is unknown',
      rules({ ownerGroupsInclude: 'web' }),
      'out',
      out(app, '10.96.7.7', 80),
      'unknown',
    ],
    ['invalid packets vanish', rules({ dropInvalid: true }), 'in', packet({ state: 'INVALID' }), 'dropped'],
    [
      'DNS: a known server goes to the agent',
      rules({ redirectDns: true, dnsServersV4: ['10.96.0.10'] }),
      'out',
      out(app, '10.96.0.10', 53, { protocol: 'udp' }),
      '15053',
    ],
    [
      'DNS: another server does not',
      rules({ redirectDns: true, dnsServersV4: ['10.96.0.10'] }),
      'out',
      out(app, '10.96.0.11', 53, { protocol: 'udp' }),
      'leaves',
    ],
    [
      'DNS: capture-all takes localhost too',
      rules({ redirectDns: true, captureAllDns: true }),
      'out',
      out(app, '127.0.0.1', 53),
      '15053',
    ],
    [
      'a rerouted interface counts as outbound',
      rules({ rerouteVirtualInterfaces: 'vnet0' }),
      'in',
      packet({ inInterface: 'vnet0', destination: '10.96.7.7' }),
      '15001',
    ],
  ])('%s', (_name, set, direction, sent, want) => {
    expect(trace(set, direction, sent).end).toEqual(want);
  });
});

describe('TPROXY', () => {
  const set = rules({ interceptionMode: 'TPROXY' });
  it.each<readonly [string, 'in' | 'out', Packet, string]>([
    ['hands inbound TCP over', 'in', packet({}), '15006'],
    ['takes the tunnel port as well', 'in', packet({ destinationPort: 15008 }), '15006'],
    ['spares an excluded port', 'in', packet({ destinationPort: 15021 }), '15021'],
    ['redirects outbound as ever', 'out', out(app, '10.96.7.7', 80), '15001'],
    ['lets the application call itself', 'out', out(app, POD_IP, 8080), '8080'],
    ['takes Envoy calling its own pod', 'out', out(tproxyProxy, POD_IP, 8080), '15006'],
    [
      'lets Envoy reach the application',
      'out',
      out(tproxyProxy, POD_IP, 8080, { source: '203.0.113.1', mark: 1337 }),
      '8080',
    ],
    [
      'brings the answer back by its mark',
      'out',
      out(app, '203.0.113.1', 40_000, { connectionMark: 1337, state: 'ESTABLISHED' }),
      '40000',
    ],
  ])('%s', (_name, direction, sent, want) => {
    expect(trace(set, direction, sent).end).toEqual(want);
  });
});
