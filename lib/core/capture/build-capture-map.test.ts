import { describe, expect, it } from 'vitest';
import { buildCaptureFlows } from './build-capture-flows';
import { buildCaptureMap } from './build-capture-map';
import { buildRuleSet } from './build-rule-set';
import { buildSidecarRules } from './build-sidecar-rules';
import { type CaptureConfig, PROGRAM_DEFAULTS } from './capture-config';
import { listCaptureEnds } from './capture-ends';
import type { Box, CaptureMap } from './capture-map';
import type { PodNetwork } from './packet';

const template: CaptureConfig = {
  ...PROGRAM_DEFAULTS,
  interceptionMode: 'REDIRECT',
  inboundPortsInclude: '*',
  inboundPortsExclude: '15090,15021,15020',
  outboundIpRangesInclude: '*',
};
const pod: PodNetwork = { addresses: ['10.244.0.10'], interfaceName: 'eth0', localMarks: [1337] };
const object = {
  metadata: {},
  spec: { containers: [{ name: 'nginx', ports: [{ containerPort: 80 }] }, { name: 'istio-proxy' }] },
};
const draw = (over: Partial<CaptureConfig> = {}): CaptureMap => {
  const config = { ...template, ...over };
  const ruleSet = buildRuleSet(buildSidecarRules(config, 'ipv4'), 'ipv4');
  const ends = listCaptureEnds(object, config);
  return buildCaptureMap(ruleSet, ends, buildCaptureFlows({ ruleSet, config, ends, pod }));
};
const VARIANTS: readonly (readonly [string, Partial<CaptureConfig>])[] = [
  ['default', {}],
  ['TPROXY', { interceptionMode: 'TPROXY', dropInvalid: true }],
  ['DNS', { redirectDns: true, captureAllDns: true }],
  [
    'many rules',
    { outboundPortsExclude: '1,2,3,4,5,6,7,8,9', excludeInterfaces: 'eth1,eth2', rerouteVirtualInterfaces: 'net1' },
  ],
  ['nothing included', { inboundPortsInclude: '', outboundIpRangesInclude: '' }],
];
const overlaps = (one: Box, other: Box) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

describe('the picture', () => {
  it('fits the screen it was made for with the default rules, and keeps room to read', () => {
    const { width, height, panel } = draw();
    expect(width).toBe(1040);
    expect(height).toBeLessThanOrEqual(560);
    expect(panel).toBeDefined();
  });

  it.each(VARIANTS)('%s: nothing overlaps, everything is inside', (_name, over) => {
    const map = draw(over);
    const boxes = [...map.stations, ...map.cards, ...map.ends, ...(map.panel === undefined ? [] : [map.panel])];
    for (const [index, box] of boxes.entries()) {
      expect(box.x >= 0 && box.x + box.width <= map.width && box.y + box.height <= map.height).toBe(true);
      for (const other of boxes.slice(index + 1)) expect(overlaps(box, other)).toBe(false);
    }
    for (const [x, y] of map.edges.flatMap((edge) => edge.points)) {
      expect(x >= 0 && x <= map.width && y >= 0 && y <= map.height).toBe(true);
    }
  });

  it.each(VARIANTS)('%s: every rule has one row, every line joins two parts', (_name, over) => {
    const config = { ...template, ...over };
    const map = draw(over);
    const rows = map.cards.flatMap((card) => card.rows.map((row) => row.id));
    expect(rows).toHaveLength(buildSidecarRules(config, 'ipv4').length);
    const parts = new Set([
      'process',
      ...rows,
      ...[...map.stations, ...map.cards, ...map.ends].map((one) => one.id),
      ...map.ends.flatMap((end) => end.ports.map((port) => port.id)),
    ]);
    const ids = [...parts, ...map.edges.map((edge) => edge.id)];
    expect(new Set(ids).size).toBe(ids.length);
    for (const edge of map.edges) expect(parts.has(edge.from) && parts.has(edge.to)).toBe(true);
  });

  it('marks the chain that TPROXY leaves unused', () => {
    const unused = draw({ interceptionMode: 'TPROXY' }).cards.filter((card) => !card.isReachable);
    expect(unused.map((card) => card.id)).toEqual(['nat/ISTIO_INBOUND']);
  });

  it('leads the proxy calling its own pod to the inbound side', () => {
    const jump = draw().edges.find((edge) => edge.id === 'jump/nat/ISTIO_OUTPUT/2');
    expect(jump).toMatchObject({ kind: 'jump', to: 'nat/ISTIO_IN_REDIRECT' });
  });

  it('hands over at Envoy’s ports', () => {
    const handovers = draw().edges.filter((edge) => edge.kind === 'handover');
    expect(handovers.map(({ from, to }) => [from, to])).toEqual([
      ['nat/ISTIO_IN_REDIRECT/1', 'end/envoy/15006'],
      ['nat/ISTIO_REDIRECT/1', 'end/envoy/15001'],
    ]);
  });
});

describe('who sends', () => {
  const outbound = (runAsUser?: number) => {
    const container = { name: 'web', ...(runAsUser === undefined ? {} : { securityContext: { runAsUser } }) };
    const ends = listCaptureEnds({ metadata: {}, spec: { containers: [container] } }, template);
    const ruleSet = buildRuleSet(buildSidecarRules(template, 'ipv4'), 'ipv4');
    const flow = buildCaptureFlows({ ruleSet, config: template, ends, pod }).find((one) => one.id === 'outbound');
    return flow?.steps.map(({ says }) => says.code.replace(/^capture\.(step|rule)\./, ''));
  };

  it('does not claim a user that the pod does not name', () => {
    expect(outbound()?.[0]).toBe('app-sends');
    expect(outbound(1000)?.[0]).toBe('app-sends-as');
  });

  it('shows that an application with the proxy’s user passes it by', () => {
    expect(outbound(1337)).toEqual(['app-sends-as', 'outbound-jump', 'proxy-own-uid', 'leaves']);
  });

  it('takes the proxy’s user from its container', () => {
    const containers = [{ name: 'istio-proxy', securityContext: { runAsUser: 1000650000 } }];
    const ends = listCaptureEnds({ metadata: {}, spec: { containers } }, template);
    expect(ends.find((end) => end.kind === 'envoy')?.uid).toBe('1000650000');
  });
});

describe('flows', () => {
  const story = (map: CaptureMap, id: string) =>
    map.flows.find((flow) => flow.id === id)?.steps.map(({ says }) => says.code.replace(/^capture\.(step|rule)\./, ''));

  it('offers the flows of the pod', () => {
    expect(draw().flows.map((flow) => flow.id)).toEqual(['inbound-80', 'outbound', 'inbound-15021', 'self']);
    expect(draw({ redirectDns: true, captureAllDns: true }).flows.map((flow) => flow.id)).toContain('dns');
  });

  it.each<readonly [string, Partial<CaptureConfig>, string, readonly string[]]>([
    [
      'inbound goes through Envoy to the application',
      {},
      'inbound-80',
      [
        'arrives',
        'inbound-jump',
        'inbound-rest',
        'to-inbound-port',
        'received',
        'envoy-to-app',
        'outbound-jump',
        'passthrough-source',
        'received',
      ],
    ],
    [
      'outbound goes through Envoy to the world',
      {},
      'outbound',
      [
        'app-sends',
        'outbound-jump',
        'outbound-rest',
        'to-outbound-port',
        'received',
        'envoy-onward',
        'outbound-jump',
        'proxy-own-uid',
        'leaves',
      ],
    ],
    [
      'the health probe goes straight to Envoy',
      {},
      'inbound-15021',
      ['arrives', 'inbound-jump', 'proxy-health-port', 'received'],
    ],
    ['a call to the own pod stays direct', {}, 'self', ['app-sends', 'outbound-jump', 'app-loopback-uid', 'received']],
    ['an uncaptured port ends at the application', { inboundPortsInclude: '' }, 'inbound-80', ['arrives', 'received']],
    [
      'uncaptured outbound leaves',
      { outboundIpRangesInclude: '' },
      'outbound',
      ['app-sends', 'outbound-jump', 'leaves'],
    ],
    [
      'DNS goes to the agent and on to the server',
      { redirectDns: true, captureAllDns: true },
      'dns',
      [
        'app-sends',
        'dns-zone-jump',
        'dns-zone-app-query',
        'outbound-jump',
        'dns-jump',
        'dns-all',
        'dns-zone-answer-jump',
        'received',
        'agent-onward',
        'dns-zone-jump',
        'dns-zone-proxy-query',
        'dns-zone-proxy-query',
        'dns-zone-app-query',
        'outbound-jump',
        'proxy-own-uid',
        'leaves',
      ],
    ],
  ])('%s', (_name, over, id, want) => {
    expect(story(draw(over), id)).toEqual(want);
  });

  it.each(VARIANTS)('%s: lights only parts that exist', (_name, over) => {
    const map = draw(over);
    const parts = new Set([
      'process',
      ...[...map.stations, ...map.cards, ...map.ends, ...map.edges].map((one) => one.id),
      ...map.cards.flatMap((card) => card.rows.map((row) => row.id)),
      ...map.ends.flatMap((end) => end.ports.map((port) => port.id)),
    ]);
    const lit = map.flows.flatMap((flow) => flow.steps.flatMap((step) => step.ids));
    // A rule that neither jumps nor hands over has no line of its own.
    expect(lit.filter((id) => !parts.has(id) && !id.startsWith('jump/'))).toEqual([]);
  });
});
