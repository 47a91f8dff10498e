import { describe, expect, it } from 'vitest';
import { AMBIENT_DEFAULTS, type AmbientConfig, buildAmbientRules } from './build-ambient-rules';
import { buildRuleSet } from './build-rule-set';
import { buildSidecarRules } from './build-sidecar-rules';
import { type CaptureConfig, PROGRAM_DEFAULTS } from './capture-config';
import type { Packet, PodNetwork } from './packet';
import type { Family, RuleSet } from './rule-types';
import { traceConnection } from './trace-connection';
import { tracePacket } from './trace-packet';

// The worked examples of the specification's section 8 and 9.4, as observed on a kernel.
const POD = '10.244.0.10';
const POD6 = 'fd00::10';
const pod: PodNetwork = { addresses: [POD, POD6], interfaceName: 'eth0', localMarks: [] };
const template: CaptureConfig = {
  ...PROGRAM_DEFAULTS,
  interceptionMode: 'REDIRECT',
  inboundPortsInclude: '*',
  inboundPortsExclude: '15090,15021,15020',
  outboundIpRangesInclude: '*',
};
const rules = (over: Partial<CaptureConfig> = {}, family: Family = 'ipv4'): RuleSet =>
  buildRuleSet(buildSidecarRules({ ...template, enableIpv6: true, ...over }, family), family);
const ambient = (over: Partial<AmbientConfig> = {}) =>
  buildRuleSet(buildAmbientRules({ ...AMBIENT_DEFAULTS, ...over }, 'ipv4'), 'ipv4');

const app = { uid: 1000, gid: 1000 };
const proxy = { uid: 1337, gid: 1337 };
const tproxyProxy = { uid: 0, gid: 1337 };
const packet = (over: Partial<Packet>): Packet => ({
  protocol: 'tcp',
  source: '203.0.113.9',
  sourcePort: 40_000,
  destination: POD,
  destinationPort: 8080,
  inInterface: '',
  outInterface: '',
  mark: 0,
  connectionMark: 0,
  state: 'NEW',
  ...over,
});
const from = (owner: Packet['owner'], destination: string, destinationPort: number, over: Partial<Packet> = {}) =>
  packet({ ...(owner === undefined ? {} : { owner }), source: POD, destination, destinationPort, ...over });
const udp = { protocol: 'udp' } as const;

type Row = readonly [name: string, direction: 'in' | 'out', packet: Packet, hits: string, end: string];

const SHORT: Readonly<Record<string, string>> = {
  PREROUTING: 'P',
  OUTPUT: 'U',
  ISTIO_INBOUND: 'I',
  ISTIO_IN_REDIRECT: 'IR',
  ISTIO_OUTPUT: 'O',
  ISTIO_OUTPUT_DNS: 'D',
  ISTIO_REDIRECT: 'R',
  ISTIO_TPROXY: 'T',
  ISTIO_PRERT: 'A',
};
/** `O9` is rule 9 of nat ISTIO_OUTPUT; other tables come before: `mangle:I3`. */
const label = (id: string) => {
  const [table = '', chain = '', number = ''] = id.split('/');
  return `${table === 'nat' ? '' : `${table}:`}${SHORT[chain] ?? chain}${number}`;
};
function run(set: RuleSet, direction: 'in' | 'out', sent: Packet, network: PodNetwork = pod) {
  const { steps, outcome } = tracePacket(set, sent, direction, network);
  const end = outcome.kind === 'delivered' ? String(outcome.port) : outcome.kind;
  return { hits: steps.map(({ rule }) => label(rule.id)).join(' '), end };
}

describe('8.1 REDIRECT', () => {
  it.each<Row>([
    ['1 outside to the app', 'in', packet({}), 'P1 I5 IR1', '15006'],
    ['2 Envoy to the app', 'out', from(proxy, POD, 8080, { source: '127.0.0.6' }), 'U1 O1', '8080'],
    ['3 Envoy to localhost', 'out', from(proxy, '127.0.0.1', 8080), 'U1 O4', '8080'],
    ['4 app to a service', 'out', from(app, '10.96.7.7', 80), 'U1 O9 R1', '15001'],
    ['5 Envoy out', 'out', from(proxy, '203.0.113.9', 80), 'U1 O4', 'leaves'],
    ['6 group 1337 out', 'out', from({ uid: 5, gid: 1337 }, '203.0.113.9', 80), 'U1 O7', 'leaves'],
    ['7 app to its own pod', 'out', from(app, POD, 8080), 'U1 O3', '8080'],
    ['8 app to 127.0.0.1', 'out', from(app, '127.0.0.1', 8080), 'U1 O3', '8080'],
    ['8 app to 127.0.0.2', 'out', from(app, '127.0.0.2', 8080), 'U1 O3', '8080'],
    ['9 Envoy to its own pod, for the app', 'out', from(proxy, POD, 8080), 'U1 O2 IR1', '15006'],
    ['10 Envoy to the tunnel port', 'out', from(proxy, POD, 15_008), 'U1 O4', '15008'],
    ['11 Envoy to 127.0.0.2', 'out', from(proxy, '127.0.0.2', 8080), 'U1 O2 IR1', '15006'],
    ['12 kubelet', 'in', packet({ destinationPort: 15_021 }), 'P1 I3', '15021'],
    ['13 outside to 15008', 'in', packet({ destinationPort: 15_008 }), 'P1 I1', '15008'],
    ['13 outside to 15020', 'in', packet({ destinationPort: 15_020 }), 'P1 I4', '15020'],
    ['13 outside to 15090', 'in', packet({ destinationPort: 15_090 }), 'P1 I2', '15090'],
    ['14 outside to 15001', 'in', packet({ destinationPort: 15_001 }), 'P1 I5 IR1', '15006'],
    ['15 outside to a closed port', 'in', packet({ destinationPort: 4444 }), 'P1 I5 IR1', '15006'],
    ['16 UDP out', 'out', from(app, '203.0.113.9', 4000, udp), 'U1 O9', 'leaves'],
    ['17 UDP in', 'in', packet({ ...udp, destinationPort: 5555 }), '', '5555'],
    ['18 DNS over UDP', 'out', from(app, '10.96.0.10', 53, udp), 'U1 O9', 'leaves'],
    ['19 DNS over TCP', 'out', from(app, '10.96.0.10', 53), 'U1 O9 R1', '15001'],
    ['istio-validation', 'out', from(proxy, '127.0.0.6', 15_002, { source: '127.0.0.1' }), 'U1 O2 IR1', '15006'],
    ['istio-validation as another', 'out', from(app, '127.0.0.6', 15_002, { source: '127.0.0.1' }), 'U1 O3', '15002'],
  ])('%s', (_name, direction, sent, hits, end) => {
    expect(run(rules(), direction, sent)).toEqual({ hits, end });
  });

  it('11 with a wider loopback range', () => {
    expect(run(rules({ loopbackCidr: '127.0.0.1/8' }), 'out', from(proxy, '127.0.0.2', 8080))).toEqual({
      hits: 'U1 O4',
      end: '8080',
    });
  });

  it('20 the same with IPv6', () => {
    const set = rules({}, 'ipv6');
    const out = from(app, 'fd00:1::7', 80, { source: POD6 });
    expect(run(set, 'out', out)).toEqual({ hits: 'U1 O9 R1', end: '15001' });
    expect(tracePacket(set, out, 'out', pod).packet.destination).toBe('::1');
    const inbound = packet({ source: '2001:db8::9', destination: POD6 });
    expect(run(set, 'in', inbound)).toEqual({ hits: 'P1 I5 IR1', end: '15006' });
    expect(tracePacket(set, inbound, 'in', pod).packet.destination).toBe(POD6);
    expect(run(set, 'out', from(app, '::1', 8080, { source: '::1' }))).toEqual({ hits: 'U1 O3', end: '8080' });
  });

  it('keeps what the receiver can ask for', () => {
    const trace = tracePacket(rules(), from(app, '10.96.7.7', 80), 'out', pod);
    expect(trace.originalDestination).toEqual({ address: '10.96.7.7', port: 80 });
    expect(trace.packet).toMatchObject({ source: POD, destination: '127.0.0.1', destinationPort: 15_001 });
  });
});

describe('8.2 exclusions and filters', () => {
  const filtered = rules({
    outboundPortsExclude: '9999',
    outboundIpRangesExclude: '203.0.113.9/32',
    outboundPortsInclude: '7777',
  });
  it.each<readonly [string, RuleSet, 'in' | 'out', Packet, string, string]>([
    ['an excluded port', filtered, 'out', from(app, '10.96.7.7', 9999), 'U1 O1', 'leaves'],
    ['an excluded range', filtered, 'out', from(app, '203.0.113.9', 80), 'U1 O11', 'leaves'],
    ['range beats port', filtered, 'out', from(app, '203.0.113.9', 7777), 'U1 O11', 'leaves'],
    ['the rest', filtered, 'out', from(app, '10.96.7.7', 80), 'U1 O13 R1', '15001'],
    ['excluded interface in', rules({ excludeInterfaces: 'eth0' }), 'in', packet({}), 'P1', '8080'],
    ['excluded interface out', rules({ excludeInterfaces: 'eth0' }), 'out', from(app, '10.96.7.7', 80), 'U1', 'leaves'],
    ['a listed group', rules({ ownerGroupsInclude: '1000' }), 'out', from(app, '10.96.7.7', 80), 'U1 O10 R1', '15001'],
    [
      'no listed group',
      rules({ ownerGroupsInclude: '1000' }),
      'out',
      from({ uid: 1, gid: 2000 }, '10.96.7.7', 80),
      'U1 O8',
      'leaves',
    ],
    ['an excluded group', rules({ ownerGroupsExclude: '1000' }), 'out', from(app, '10.96.7.7', 80), 'U1 O8', 'leaves'],
    [
      'nothing included in',
      rules({ inboundPortsInclude: '', outboundIpRangesInclude: '' }),
      'in',
      packet({}),
      '',
      '8080',
    ],
    [
      'nothing included out',
      rules({ inboundPortsInclude: '', outboundIpRangesInclude: '' }),
      'out',
      from(app, '10.96.7.7', 80),
      'U1',
      'leaves',
    ],
    [
      'nothing included, Envoy to its own pod',
      rules({ inboundPortsInclude: '', outboundIpRangesInclude: '' }),
      'out',
      from(proxy, POD, 80),
      'U1 O2 IR1',
      '15006',
    ],
    [
      'loopback included, 127.0.0.2',
      rules({ outboundIpRangesInclude: '127.0.0.2/32,10.0.0.0/8' }),
      'out',
      from(app, '127.0.0.2', 80),
      'U1 O7 R1',
      '15001',
    ],
    [
      'loopback included, own pod',
      rules({ outboundIpRangesInclude: '127.0.0.2/32,10.0.0.0/8' }),
      'out',
      from(app, POD, 80),
      'U1 O8 R1',
      '15001',
    ],
    [
      'loopback included, 127.0.0.1',
      rules({ outboundIpRangesInclude: '127.0.0.2/32,10.0.0.0/8' }),
      'out',
      from(app, '127.0.0.1', 80),
      'U1 O6',
      '80',
    ],
    [
      'invalid packets',
      rules({ dropInvalid: true }),
      'in',
      packet({ state: 'INVALID' }),
      'mangle:P1 mangle:ISTIO_DROP1',
      'dropped',
    ],
  ])('%s', (_name, set, direction, sent, hits, end) => {
    expect(run(set, direction, sent)).toEqual({ hits, end });
  });
});

describe('8.3 DNS capture', () => {
  const servers = rules({ redirectDns: true, dnsServersV4: ['10.96.0.10'] });
  const all = rules({ redirectDns: true, captureAllDns: true });
  it.each<readonly [string, Packet, string, string]>([
    ['UDP to the server', from(app, '10.96.0.10', 53, udp), '15053', '15053'],
    ['TCP to the server', from(app, '10.96.0.10', 53), '15053', '15053'],
    ['UDP to another', from(app, '10.0.0.53', 53, udp), 'leaves', '15053'],
    ['TCP to another', from(app, '10.0.0.53', 53), '15001', '15053'],
    ['UDP to localhost', from(app, '127.0.0.1', 53, udp), '53', '15053'],
    ['TCP to localhost', from(app, '127.0.0.1', 53), '53', '15053'],
    ['the agent, UDP', from(proxy, '10.96.0.10', 53, udp), 'leaves', 'leaves'],
    ['the agent, TCP', from(proxy, '10.96.0.10', 53), 'leaves', 'leaves'],
    ['Envoy to its own pod', from(proxy, POD, 53), '53', '53'],
    ['UDP to another port', from(app, '10.96.0.10', 123, udp), 'leaves', 'leaves'],
  ])('%s', (_name, sent, ofServers, ofAll) => {
    expect(run(servers, 'out', sent).end).toBe(ofServers);
    expect(run(all, 'out', sent).end).toBe(ofAll);
  });

  it('keeps the two halves of a query apart', () => {
    const zone = (sent: Packet, direction: 'in' | 'out' = 'out') => tracePacket(servers, sent, direction, pod).zone;
    expect(zone(from(app, '10.96.0.10', 53, udp))).toBe(2);
    expect(zone(from(proxy, '10.96.0.10', 53, udp))).toBe(1);
    expect(zone(from(proxy, POD, 40_000, { ...udp, sourcePort: 15_053, state: 'ESTABLISHED' }))).toBe(2);
    const answer = packet({
      ...udp,
      source: '10.96.0.10',
      sourcePort: 53,
      destinationPort: 40_000,
      state: 'ESTABLISHED',
    });
    expect(zone(answer, 'in')).toBe(1);
  });
});

describe('8.4 rerouted interfaces', () => {
  const over = { rerouteVirtualInterfaces: 'vnet0,vnet1', excludeInterfaces: 'eth9' };
  it.each<readonly [string, RuleSet, Packet, string, string]>([
    ['TCP', rules(over), packet({ inInterface: 'vnet1', destination: '10.96.7.7' }), 'P1 R1', '15001'],
    ['UDP', rules(over), packet({ ...udp, inInterface: 'vnet1', destination: '10.96.7.7' }), 'P1 P3', 'forwarded'],
    [
      'outside of the ranges',
      rules({ ...over, outboundIpRangesInclude: '172.16.0.0/12' }),
      packet({ inInterface: 'vnet0', destination: '10.96.7.7' }),
      'P4',
      'forwarded',
    ],
    ['the excluded one', rules(over), packet({ inInterface: 'eth9' }), 'P5', '8080'],
    ['all others', rules(over), packet({}), 'P6 I5 IR1', '15006'],
  ])('%s', (_name, set, sent, hits, end) => {
    expect(run(set, 'in', sent)).toEqual({ hits, end });
  });
});

describe('8.5 TPROXY', () => {
  const set = rules({ interceptionMode: 'TPROXY' });
  const network: PodNetwork = { ...pod, localMarks: [1337] };
  const client = { source: '203.0.113.9', mark: 1337 };
  it.each<Row>([
    ['outside to the app', 'in', packet({}), 'mangle:P1 mangle:I8 mangle:T1', '15006'],
    ['outside to 15021', 'in', packet({ destinationPort: 15_021 }), 'mangle:P1 mangle:I5', '15021'],
    ['outside to 15008', 'in', packet({ destinationPort: 15_008 }), 'mangle:P1 mangle:I8 mangle:T1', '15006'],
    ['app out', 'out', from(app, '10.96.7.7', 80), 'U1 O9 R1 mangle:P1 mangle:I3', '15001'],
    ['app to its own pod', 'out', from(app, POD, 8080), 'U1 O3 mangle:P1 mangle:I3', '8080'],
    ['Envoy out', 'out', from(tproxyProxy, '203.0.113.9', 80), 'U1 O7', 'leaves'],
    [
      'Envoy to its own pod',
      'out',
      from(tproxyProxy, POD, 8080),
      'mangle:U3 U1 O3 mangle:P1 mangle:I8 mangle:T1',
      '15006',
    ],
    [
      'Envoy to the app as its client',
      'out',
      from(tproxyProxy, POD, 8080, client),
      'mangle:U1 U1 O3 mangle:P1 mangle:I1 mangle:P2',
      '8080',
    ],
    [
      'Envoy to the app from 127.0.0.6',
      'out',
      from(tproxyProxy, POD, 8080, { source: '127.0.0.6' }),
      'mangle:U3 U1 O1 mangle:P1 mangle:I2',
      '8080',
    ],
  ])('%s', (_name, direction, sent, hits, end) => {
    expect(run(set, direction, sent, network)).toEqual({ hits, end });
  });

  it('brings the answer back by the mark of the connection', () => {
    const { first, answer } = traceConnection(set, from(tproxyProxy, POD, 8080, client), 'out', network, app);
    expect(first.packet.connectionMark).toBe(1337);
    expect(answer?.steps.map(({ rule }) => label(rule.id))[0]).toBe('mangle:U4');
    expect(answer).toMatchObject({ isLooped: true, outcome: { kind: 'delivered' } });
  });

  it('loses the answer without the routing rule', () => {
    const { answer } = traceConnection(set, from(tproxyProxy, POD, 8080, client), 'out', pod, app);
    expect(answer?.outcome.kind).toBe('leaves');
  });

  it('hands over the destination as it was', () => {
    const trace = tracePacket(set, packet({}), 'in', network);
    expect(trace.packet).toMatchObject({ destination: POD, destinationPort: 8080, mark: 1337 });
  });
});

describe('8.6 the order of users and groups', () => {
  it('a second user never reaches its own block', () => {
    expect(run(rules({ proxyUid: '1337,1338' }), 'out', from({ uid: 1338, gid: 1338 }, POD, 8080))).toEqual({
      hits: 'U1 O3',
      end: '8080',
    });
  });

  it('a group helps outside of the pod only', () => {
    expect(run(rules(), 'out', from(tproxyProxy, POD, 8080))).toEqual({ hits: 'U1 O3', end: '8080' });
    expect(run(rules(), 'out', from(tproxyProxy, '203.0.113.9', 80))).toEqual({ hits: 'U1 O7', end: 'leaves' });
  });
});

describe('9.4 ambient', () => {
  const network: PodNetwork = { ...pod, localMarks: [0x1_11], localMarkMask: 0xf_ff };
  const ztunnel = { uid: 0, gid: 0 };
  const marked = { mark: 0x5_39 };
  const end = (direction: 'in' | 'out', sent: Packet) => run(ambient(), direction, sent, network).end;
  it.each<readonly [string, 'in' | 'out', Packet, string]>([
    ['app out', 'out', from(app, '203.0.113.9', 80), '15001'],
    ['user 1337 is like any other', 'out', from(proxy, '203.0.113.9', 80), '15001'],
    ['ztunnel out', 'out', from(ztunnel, '203.0.113.9', 80, marked), 'leaves'],
    ['outside to the app', 'in', packet({}), '15006'],
    ['outside to 15008', 'in', packet({ destinationPort: 15_008 }), '15008'],
    ['outside to 15021', 'in', packet({ destinationPort: 15_021 }), '15006'],
    ['the kubelet', 'in', packet({ source: '169.254.7.127' }), '8080'],
    ['app to its own pod', 'out', from(app, POD, 8080), '8080'],
    ['app to 127.0.0.1', 'out', from(app, '127.0.0.1', 8080), '8080'],
    ['app to 127.0.0.2', 'out', from(app, '127.0.0.2', 8080), '8080'],
    ['DNS over UDP', 'out', from(app, '10.96.0.10', 53, udp), '15053'],
    ['DNS over TCP', 'out', from(app, '10.96.0.10', 53), '15053'],
    ["ztunnel's DNS", 'out', from(ztunnel, '10.96.0.10', 53, { ...udp, ...marked }), 'leaves'],
    ['other UDP', 'out', from(app, '203.0.113.9', 4000, udp), 'leaves'],
    ['ztunnel to the app as its client', 'out', from(ztunnel, POD, 8080, { ...marked, source: '203.0.113.9' }), '8080'],
  ])('%s', (_name, direction, sent, want) => {
    expect(end(direction, sent)).toBe(want);
  });

  it('brings the answer back by the mark of the connection', () => {
    const sent = from(ztunnel, POD, 8080, { ...marked, source: '203.0.113.9' });
    expect(traceConnection(ambient(), sent, 'out', network, app).answer).toMatchObject({
      isLooped: true,
      outcome: { kind: 'delivered' },
    });
    expect(traceConnection(ambient(), sent, 'out', pod, app).answer?.outcome.kind).toBe('leaves');
  });

  it('lets a gateway receive directly', () => {
    expect(run(ambient({ bypassesInbound: true }), 'in', packet({}), network).end).toBe('8080');
    expect(
      run(
        ambient({ virtualInterfaces: ' net1 ,' }),
        'in',
        packet({ inInterface: 'net1', destination: '10.96.7.7' }),
        network,
      ).end,
    ).toBe('15001');
  });
});
