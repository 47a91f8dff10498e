import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import type { Pod } from '@/lib/core/kube/pod-types';
import type { Phrase } from '@/lib/core/phrase';
import enCapture from '@/messages/en/capture.json';
import enRules from '@/messages/en/capture-rules.json';
import zhCapture from '@/messages/zh-CN/capture.json';
import zhRules from '@/messages/zh-CN/capture-rules.json';
import { answerPacket } from './answer-packet';
import { buildCaptureFlows } from './build-capture-flows';
import { buildPodCapture } from './build-pod-capture';
import { buildRuleSet } from './build-rule-set';
import { buildSidecarRules } from './build-sidecar-rules';
import { type CaptureConfig, isTproxy, PROGRAM_DEFAULTS } from './capture-config';
import { listCaptureEnds } from './capture-ends';
import { type CaptureSettings, type NoCaptureReason, SETTING_ORDER } from './capture-settings';
import { decideCaptureVerdict } from './decide-capture-verdict';
import { explainCapture } from './explain-capture';
import { listPacketPresets } from './list-packet-presets';
import { listTrafficFacts } from './list-traffic-facts';
import { resolvePacket } from './packet-request';
import { tellPacket } from './tell-packet';

const CONFIGS: readonly CaptureConfig[] = [
  {
    inboundPortsInclude: '*',
    inboundPortsExclude: '15090,15021,15020,9000',
    outboundIpRangesInclude: '*',
    rerouteVirtualInterfaces: 'net1',
    excludeInterfaces: 'eth1',
    dropInvalid: true,
  },
  {
    inboundPortsInclude: '80',
    outboundIpRangesInclude: '10.0.0.0/8',
    rerouteVirtualInterfaces: 'net1',
    outboundIpRangesExclude: '10.1.0.0/16',
    outboundPortsInclude: '443',
    outboundPortsExclude: '22',
    ownerGroupsInclude: '5,6',
  },
  {
    interceptionMode: 'TPROXY',
    inboundPortsInclude: '*',
    redirectDns: true,
    dnsServersV4: ['10.96.0.10'],
    ownerGroupsExclude: '5',
  },
  {
    interceptionMode: 'TPROXY',
    inboundPortsInclude: '80',
    redirectDns: true,
    captureAllDns: true,
    ownerGroupsInclude: '',
  },
].map((over) => ({ ...PROGRAM_DEFAULTS, ...over }));

const container = { name: 'web', ports: [{ containerPort: 80 }] };
const pod = { metadata: {}, spec: { containers: [container] } };
const podWithUser = { metadata: {}, spec: { containers: [{ ...container, securityContext: { runAsUser: 1000 } }] } };

const podWhoseInitRanTwice = {
  ...pod,
  status: { initContainerStatuses: [{ name: 'istio-init', restartCount: 1 }] },
} as unknown as Pod;

function listPhrases(config: CaptureConfig): readonly Phrase[] {
  const drafts = buildSidecarRules(config, 'ipv4');
  const ends = listCaptureEnds(isTproxy(config) ? podWithUser : pod, config);
  const network = { addresses: ['10.244.0.10'], interfaceName: 'eth0', localMarks: [1337] };
  const scene = { ruleSet: buildRuleSet(drafts, 'ipv4'), config, ends, pod: network };
  const flows = buildCaptureFlows(scene);
  const presets = listPacketPresets(scene);
  const legs = presets.flatMap(({ request }) => {
    const resolved = resolvePacket(request, network);
    return resolved.ok ? tellPacket(scene, resolved.value, { address: '10.244.0.11', port: 80 }) : [];
  });
  const settings: CaptureSettings = {
    mechanism: 'init-container',
    interceptionMode: 'REDIRECT',
    settings: [],
    config,
    notes: [],
    faults: [],
  };
  return [
    decideCaptureVerdict(settings),
    ...explainCapture(settings, ends),
    ...drafts.map((draft) => draft.meaning),
    ...flows.flatMap((flow) => [flow.label, ...flow.steps.map((step) => step.says)]),
    ...presets.map((preset) => preset.label),
    ...legs.flatMap((leg) => [answerPacket(leg).says, ...leg.steps.map((step) => step.says)]),
    ...listTrafficFacts(podWhoseInitRanTwice, scene).map((fact) => fact.says),
    ...ends.flatMap((end) => end.ports.flatMap((port) => port.purpose ?? [])),
  ];
}

function listAmbientPhrases(annotations: Readonly<Record<string, string>>): readonly Phrase[] {
  const object = { ...pod, metadata: { annotations: { 'ambient.istio.io/redirection': 'enabled', ...annotations } } };
  const { explanation, families } = buildPodCapture(object);
  return [
    ...explanation,
    ...families.flatMap(({ map, presets, facts, scene }) => {
      const marked = presets.map(({ request }) => ({ ...request, mark: 0x5_39 }));
      const legs = [...presets.map(({ request }) => request), ...marked].flatMap((request) => {
        const resolved = resolvePacket(request, scene.pod);
        return resolved.ok ? tellPacket(scene, resolved.value, { address: '10.244.0.11', port: 80 }) : [];
      });
      return [
        ...map.flows.flatMap((flow) => [flow.label, ...flow.steps.map(({ says }) => says)]),
        ...map.ends.flatMap((end) => end.ports.flatMap(({ purpose }) => purpose ?? [])),
        ...presets.map(({ label }) => label),
        ...facts.map(({ says }) => says),
        ...legs.flatMap((leg) => [answerPacket(leg, 'ztunnel').says, ...leg.steps.map(({ says }) => says)]),
      ];
    }),
  ];
}

/** What read-capture-settings and find-config-faults can say. */
const REMARKS: readonly Phrase[] = [
  { code: 'capture.note.unknown-mode', values: { mode: 'NONE' } },
  { code: 'capture.note.native-nftables' },
  { code: 'capture.note.tproxy-routing', values: { mark: '1337', table: '133' } },
  { code: 'capture.note.assumed-dns', values: { server: '10.96.0.10' } },
  { code: 'capture.note.ipv6-bypass' },
  { code: 'capture.note.none-with-cni' },
  { code: 'capture.note.ambient' },
  { code: 'capture.note.ambient-pending' },
  { code: 'capture.fault.bad-range', values: { value: 'x' } },
  { code: 'capture.fault.bad-loopback', values: { value: 'x' } },
  { code: 'capture.fault.too-many-groups', values: { max: 64 } },
  { code: 'capture.fault.cni-mode', values: { mode: 'NONE' } },
  { code: 'capture.verdict.ambient' },
  { code: 'capture.verdict.faulty', values: { count: 1 } },
];

const REASONS: readonly NoCaptureReason[] = ['no-sidecar', 'mode-none', 'gateway', 'grpc-agent', 'not-applied'];
/** The app merges the two files; here it is done for the one part that both have. */
function merge<Main extends { readonly phrase: { readonly capture: { readonly rule: object } } }>(
  main: Main,
  { phrase }: typeof enRules,
) {
  const rule = { ...main.phrase.capture.rule, ...phrase.capture.rule };
  return { ...main, phrase: { ...main.phrase, capture: { ...main.phrase.capture, rule } } };
}
const en = merge(enCapture, enRules);
const zh = merge(zhCapture, zhRules);
const plain = { b: (text: string) => text, code: (text: string) => text };

describe.each([
  ['en', en],
  ['zh-CN', zh],
] as const)('sentences in %s', (locale, messages) => {
  const fail = (error: Error) => {
    throw error;
  };
  const translator = createTranslator({ locale, messages: messages.phrase, onError: fail });

  const markup = translator.markup as unknown as (code: string, values: object) => string;
  const say = ({ code, values }: Phrase) => markup(code, { ...values, ...plain });

  it('has a sentence for every rule, flow and verdict, with the values it needs', () => {
    const phrases = [
      ...REMARKS,
      ...CONFIGS.flatMap(listPhrases),
      ...[{}, { 'ambient.istio.io/bypass-inbound-capture': '1' }].flatMap(listAmbientPhrases),
    ];
    expect(new Set(phrases.map((phrase) => phrase.code)).size).toBeGreaterThan(100);
    for (const { code, values } of phrases)
      expect(say({ code, ...(values === undefined ? {} : { values }) })).not.toMatch(/[{}]/);
    for (const because of REASONS) {
      const verdict = decideCaptureVerdict({
        mechanism: 'none',
        interceptionMode: 'NONE',
        settings: [],
        because,
        notes: [],
        faults: [],
      });
      expect(say(verdict)).not.toBe('');
    }
  });

  it('writes every rule short enough for its row', () => {
    const width = (text: string) => [...text].reduce((sum, letter) => sum + (letter > '⺀' ? 2 : 1), 0);
    const rules = CONFIGS.flatMap((config) => buildSidecarRules(config, 'ipv4'));
    const long = rules.map(({ meaning }) => say(meaning)).filter((text) => width(text) > 60);
    expect(long).toEqual([]);
  });

  it('names every setting', () => {
    expect(Object.keys(messages.capture.settings.key).sort()).toEqual([...SETTING_ORDER].sort());
  });
});
