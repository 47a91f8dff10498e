import { expect, it } from 'vitest';
import en from '@/messages/en/capture.json';
import enRules from '@/messages/en/capture-rules.json';
import zh from '@/messages/zh-CN/capture.json';
import zhRules from '@/messages/zh-CN/capture-rules.json';
import { AMBIENT_DEFAULTS, buildAmbientRules } from './build-ambient-rules';
import { buildSidecarRules } from './build-sidecar-rules';
import { type CaptureConfig, PROGRAM_DEFAULTS } from './capture-config';

const config: CaptureConfig = {
  ...PROGRAM_DEFAULTS,
  inboundPortsInclude: '*',
  outboundIpRangesInclude: '10.0.0.0/8',
  redirectDns: true,
  dnsServersV4: ['10.96.0.10'],
  dropInvalid: true,
  ownerGroupsExclude: '5',
};
const drafts = [
  ...buildAmbientRules({ ...AMBIENT_DEFAULTS, virtualInterfaces: 'net1' }, 'ipv4'),
  ...[10, 14, 18, 22, 23, 24].flatMap((minor) => buildSidecarRules(config, 'ipv4', minor)),
];
const codes = [
  ...new Set(['capture.rule.read', 'capture.rule.unread', ...drafts.map(({ meaning }) => meaning.code)]),
].map((code) => code.replace('capture.rule.', ''));

it.each(codes)('%s has its sentence in both languages', (code) => {
  for (const [own, shared] of [
    [enRules, en],
    [zhRules, zh],
  ] as const) {
    expect({ ...shared.phrase.capture.rule, ...own.phrase.capture.rule }).toHaveProperty([code]);
  }
});
