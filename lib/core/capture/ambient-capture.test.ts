import { describe, expect, it } from 'vitest';
import type { Pod } from '@/lib/core/kube/pod-types';
import { answerPacket } from './answer-packet';
import { buildPodCapture, type FamilyCapture } from './build-pod-capture';
import { judgeInbound } from './judge-inbound';
import { type PacketRequest, resolvePacket } from './packet-request';
import { tellPacket } from './tell-packet';

const OWN = '10.244.0.10';
const podWith = (annotations: Readonly<Record<string, string>> = {}): Pod => ({
  metadata: { name: 'web', annotations: { 'ambient.istio.io/redirection': 'enabled', ...annotations } },
  spec: { containers: [{ name: 'web', ports: [{ containerPort: 8080 }] }] },
  status: { podIP: OWN },
});
const capture = buildPodCapture(podWith());

function firstOf({ families }: Pick<typeof capture, 'families'>): FamilyCapture {
  const [family] = families;
  if (family === undefined) throw new Error('There are no rules.');
  return family;
}

function follow(request: PacketRequest, family = firstOf(capture)) {
  const resolved = resolvePacket(request, family.scene.pod);
  if (!resolved.ok) throw new Error(resolved.because.code);
  const legs = tellPacket(family.scene, resolved.value);
  const [first] = legs;
  if (first === undefined) throw new Error('The packet was not followed.');
  const ends = legs.map(({ trace: { outcome } }) =>
    outcome.kind === 'delivered' ? String(outcome.port) : outcome.kind,
  );
  const { kind, says, rule, setting } = answerPacket(first, 'ztunnel');
  return {
    legs,
    ends,
    kind,
    code: says.code.replace('capture.answer.', ''),
    by: says.values?.by,
    rule: rule?.id,
    setting,
  };
}

const out = (destination: string, destinationPort: number, over: Partial<PacketRequest> = {}): PacketRequest => ({
  direction: 'out',
  protocol: 'tcp',
  destination,
  destinationPort,
  ...over,
});
const into = (destinationPort: number, over: Partial<PacketRequest> = {}): PacketRequest => ({
  direction: 'in',
  protocol: 'tcp',
  destinationPort,
  ...over,
});
const udp = { protocol: 'udp' } as const;

describe('a pod of the ambient mesh', () => {
  it('has the rules of the node agent for both families, as restore input and as a dump', () => {
    expect(capture.families.map(({ ruleSet }) => ruleSet.family)).toEqual(['ipv4', 'ipv6']);
    const { restore, save } = firstOf(capture);
    expect(restore).toContain('-A ISTIO_OUTPUT -d 169.254.7.127 -p tcp -m tcp -j ACCEPT\n');
    expect(save).toContain('-A ISTIO_OUTPUT -d 169.254.7.127/32 -p tcp -m tcp -j ACCEPT\n');
  });

  it.each<readonly [string, PacketRequest, readonly string[], string, string | undefined]>([
    ['the app calls out', out('203.0.113.9', 80), ['15001', 'leaves'], 'proxy-out', 'nat/ISTIO_OUTPUT/6'],
    ['as user 1337', out('203.0.113.9', 80, { uid: 1337 }), ['15001', 'leaves'], 'proxy-out', 'nat/ISTIO_OUTPUT/6'],
    ['ztunnel calls out', out('203.0.113.9', 80, { mark: 0x5_39 }), ['leaves'], 'leaves-ztunnel', undefined],
    ['a caller comes', into(8080), ['15006', '8080'], 'proxy-in', 'nat/ISTIO_PRERT/2'],
    ['a caller comes through a tunnel', into(15_008), ['15008'], 'tunnel-in', undefined],
    ['to 15021', into(15_021), ['15006', '15021'], 'proxy-in', 'nat/ISTIO_PRERT/2'],
    ['the kubelet probes', into(8080, { source: '169.254.7.127' }), ['8080'], 'direct-in', 'nat/ISTIO_PRERT/1'],
    ['the app calls itself', out(OWN, 8080), ['8080'], 'inside', 'nat/ISTIO_OUTPUT/5'],
    ['the app calls localhost', out('127.0.0.1', 8080), ['8080'], 'inside-untaken', undefined],
    ['DNS over UDP', out('10.96.0.10', 53, udp), ['15053', 'leaves'], 'proxy-out', 'nat/ISTIO_OUTPUT/2'],
    ['DNS over TCP', out('10.96.0.10', 53), ['15053', 'leaves'], 'proxy-out', 'nat/ISTIO_OUTPUT/3'],
    ['other UDP', out('203.0.113.9', 4000, udp), ['leaves'], 'leaves-udp', undefined],
  ])('%s', (_name, request, ends, code, rule) => {
    expect(follow(request)).toMatchObject({ ends, code, rule });
  });

  it('says that ztunnel takes it, and by which annotation', () => {
    expect(follow(into(8080))).toMatchObject({ kind: 'proxy', by: 'ztunnel', setting: 'ambientBypassInbound' });
    expect(follow(out('10.96.0.10', 53, udp))).toMatchObject({ kind: 'proxy', by: 'ztunnel', setting: 'ambientDns' });
  });

  it('goes on with ztunnel’s own packet: marked, and to the application from the caller', () => {
    const [, toApp] = follow(into(8080)).legs;
    expect(toApp?.packet).toMatchObject({ source: '198.51.100.1', destination: OWN, mark: 0x5_39 });
    expect(toApp?.trace.packet.connectionMark).toBe(0x1_11);
    const [, query] = follow(out('10.96.0.10', 53, udp)).legs;
    expect(query?.trace).toMatchObject({ zone: 1, outcome: { kind: 'leaves' } });
  });

  it('draws ztunnel as the process that all hand-overs lead to', () => {
    const { map } = firstOf(capture);
    const handovers = map.edges.filter(({ kind }) => kind === 'handover').map(({ to }) => to);
    expect(new Set(handovers)).toEqual(new Set(['end/ztunnel/15001', 'end/ztunnel/15006', 'end/ztunnel/15053']));
    expect(map.flows.map(({ id }) => id)).toEqual([
      'inbound-8080',
      'outbound',
      'dns',
      'inbound-15008',
      'probe',
      'self',
    ]);
    const known = new Set([...map.stations, ...map.cards, ...map.edges, ...map.ends].map(({ id }) => id));
    for (const card of map.cards) for (const { id } of card.rows) known.add(id);
    for (const { ports } of map.ends) for (const { id } of ports) known.add(id);
    known.add('process');
    const lit = map.flows.flatMap(({ steps }) => steps.flatMap(({ ids }) => ids));
    expect(lit.filter((id) => !known.has(id) && !id.startsWith('hook/') && !id.startsWith('jump/'))).toEqual([]);
  });

  it('tells what surprises people, as far as its own rules make it true', () => {
    const codes = (annotations: Readonly<Record<string, string>>) =>
      firstOf(buildPodCapture(podWith(annotations))).facts.map(({ says }) => says.code.replace('capture.fact.', ''));
    const all = [
      'looks-open',
      'ztunnel-client-kept',
      'probe-passes',
      'self-call',
      'user-captured',
      'mark-passes',
      'ambient-udp-passes',
      'ambient-dns',
    ];
    expect(codes({})).toEqual(all);
    expect(codes({ 'ambient.istio.io/dns-capture': 'false' })).toEqual(all.slice(0, -1));
    expect(codes({ 'ambient.istio.io/bypass-inbound-capture': 'true' })).not.toContain('looks-open');
  });

  it('says why nothing that arrives is taken where the pod takes its traffic itself', () => {
    const own = firstOf(buildPodCapture(podWith({ 'ambient.istio.io/bypass-inbound-capture': 'true' })));
    const told = { ends: ['8080'], code: 'direct-in-untaken', setting: 'ambientBypassInbound' };
    expect(follow(into(8080), own)).toMatchObject(told);
  });

  it('judges the ports of the pod by the rule itself, not by the jump to its chain', () => {
    const judge = judgeInbound(capture);
    expect(judge?.(8080, 'TCP')).toMatchObject({ kind: 'captured', toPort: 15_006 });
    expect(judge?.(8080, 'TCP').ruleText).toContain('--to-ports 15006');
    expect(judge?.(15_008, 'TCP')).toMatchObject({ kind: 'untouched', toPort: 15_008 });
  });
});
