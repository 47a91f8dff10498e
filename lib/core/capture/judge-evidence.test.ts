import { describe, expect, it } from 'vitest';
import { buildRuleSet } from './build-rule-set';
import { buildSidecarRules } from './build-sidecar-rules';
import { type CaptureConfig, PROGRAM_DEFAULTS } from './capture-config';
import type { CaptureEvidence } from './evidence-types';
import { judgeEvidence } from './judge-evidence';
import { renderRestore } from './render-restore';
import { renderSave } from './render-save';
import type { Family } from './rule-types';

const config: CaptureConfig = {
  ...PROGRAM_DEFAULTS,
  inboundPortsInclude: '*',
  inboundPortsExclude: '15090,15021,15020',
  outboundIpRangesInclude: '*',
  enableIpv6: true,
};
const drafts = (family: Family, over: Partial<CaptureConfig> = {}) => buildSidecarRules({ ...config, ...over }, family);
const computed = (family: Family) => buildRuleSet(drafts(family), family);
const T = '2026-11-24T13:24:18.000000Z';
const finalState = (family: Family, lines: readonly string[]) =>
  `${T}\tinfo\tFinal ip${family === 'ipv6' ? '6' : ''}tables state (IPv${family === 'ipv6' ? '6' : '4'}):\n${lines.join('\n')}\n# Completed on Tue\n\n`;
const input = (lines: readonly string[]) =>
  `${T}\tinfo\tRunning iptables restore with: iptables-nft-restore and the following input:\n${lines.join('\n')}\n`;
const differences = (evidence: CaptureEvidence) =>
  evidence.kind === 'computed'
    ? []
    : evidence.families.flatMap((one) => one.differences.map((each) => `${each.kind} ${each.text}`));

describe('what a log proves', () => {
  it('the same rules', () => {
    const log = input(renderRestore(drafts('ipv4'))) + finalState('ipv4', renderSave(computed('ipv4')));
    const evidence = judgeEvidence(log, [computed('ipv4')]);
    expect(evidence).toMatchObject({
      kind: 'verified',
      families: [{ family: 'ipv4', source: 'final-state', differences: [] }],
    });
  });

  it('the same rules from the restore input alone, with times of the kubelet', () => {
    const log = input(renderRestore(drafts('ipv4')))
      .split('\n')
      .map((line) => `${T} ${line}`)
      .join('\n');
    expect(judgeEvidence(log, [computed('ipv4')])).toMatchObject({
      kind: 'verified',
      families: [{ source: 'restore-input' }],
    });
  });

  it('both families', () => {
    const log = finalState('ipv4', renderSave(computed('ipv4'))) + finalState('ipv6', renderSave(computed('ipv6')));
    const evidence = judgeEvidence(log, [computed('ipv4'), computed('ipv6')]);
    expect(evidence.kind === 'verified' && evidence.families.map((one) => one.family)).toEqual(['ipv4', 'ipv6']);
  });

  it('gives known rules their meaning', () => {
    const evidence = judgeEvidence(finalState('ipv4', renderSave(computed('ipv4'))), [computed('ipv4')]);
    const chains = evidence.kind === 'verified' ? (evidence.families[0]?.dump.ruleSet.tables[0]?.chains ?? []) : [];
    expect(chains.flatMap((chain) => chain.rules.map((rule) => rule.meaning.code))).not.toContain('capture.rule.read');
  });

  it.each<readonly [string, Partial<CaptureConfig>, readonly string[]]>([
    [
      'a rule more',
      { inboundPortsExclude: '15090,15021,15020,9000' },
      ['extra -A ISTIO_INBOUND -p tcp -m tcp --dport 9000 -j RETURN'],
    ],
    [
      'a rule less',
      { inboundPortsExclude: '15090,15021' },
      ['missing -A ISTIO_INBOUND -p tcp -m tcp --dport 15020 -j RETURN'],
    ],
    [
      'another order',
      { inboundPortsExclude: '15021,15090,15020' },
      [
        'moved -A ISTIO_INBOUND -p tcp -m tcp --dport 15021 -j RETURN',
        'moved -A ISTIO_INBOUND -p tcp -m tcp --dport 15090 -j RETURN',
      ],
    ],
  ])('%s', (_name, over, want) => {
    const log = finalState('ipv4', renderSave(buildRuleSet(drafts('ipv4', over), 'ipv4')));
    const evidence = judgeEvidence(log, [computed('ipv4')]);
    expect(evidence.kind).toBe('different');
    expect(differences(evidence)).toEqual(want);
  });

  it("somebody else's rule in a chain of the kernel", () => {
    const lines = renderSave(computed('ipv4')).map((line) =>
      line === '-A OUTPUT -j ISTIO_OUTPUT' ? `-A OUTPUT -j ACCEPT\n${line}` : line,
    );
    expect(differences(judgeEvidence(finalState('ipv4', lines), [computed('ipv4')]))).toEqual([
      'extra -A OUTPUT -j ACCEPT',
    ]);
  });

  it('the last of two runs counts', () => {
    const other = renderSave(buildRuleSet(drafts('ipv4', { proxyUid: '5' }), 'ipv4'));
    const log = finalState('ipv4', other) + finalState('ipv4', renderSave(computed('ipv4')));
    expect(judgeEvidence(log, [computed('ipv4')]).kind).toBe('verified');
  });

  it.each<readonly [string, string | undefined, string]>([
    ['no log', undefined, 'no-log'],
    ['a log without rules', `${T}\tinfo\tStarting\n`, 'no-dump'],
    [
      'rules of nftables',
      `${T}\tinfo\tnftables rules programmed:\nadd table inet istio-proxy-nat\n`,
      'native-nftables',
    ],
  ])('nothing: %s', (_name, log, because) => {
    expect(judgeEvidence(log, [computed('ipv4')])).toMatchObject({ kind: 'computed', because });
  });

  it('an error of the program is told, even beside the right rules', () => {
    const log = `${input(renderRestore(drafts('ipv4')))}iptables-restore v1.8.9 (nf_tables): line 3 failed\n${T}\terror\tFailed to run iptables-restore\n`;
    const evidence = judgeEvidence(log, [computed('ipv4')]);
    expect(evidence).toMatchObject({
      kind: 'different',
      errors: ['iptables-restore v1.8.9 (nf_tables): line 3 failed', 'Failed to run iptables-restore'],
    });
  });
});
