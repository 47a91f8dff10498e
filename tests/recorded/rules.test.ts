import { describe, expect, it } from 'vitest';
import { buildNftRules } from '@/lib/core/capture/build-nft-rules';
import { buildSidecarRules } from '@/lib/core/capture/build-sidecar-rules';
import type { CaptureConfig } from '@/lib/core/capture/capture-config';
import { findConfigFaults } from '@/lib/core/capture/find-config-faults';
import { findProgramError } from '@/lib/core/capture/find-program-error';
import { parseCaptureFlags } from '@/lib/core/capture/parse-capture-flags';
import { renderNftCommands } from '@/lib/core/capture/render-nft';
import { renderRestore } from '@/lib/core/capture/render-restore';
import { familyOfAddress } from '@/lib/core/capture/split-cidrs';
import { readRules } from './record-rules';
import { RULE_CASES, type RuleCase } from './rule-cases.data';

const recorded = await readRules();

/** The config as the program completes it from what it finds in the pod. */
function toConfig({ args, env, network, servers }: RuleCase): CaptureConfig {
  const { config } = parseCaptureFlags(args, new Map(Object.entries(env)));
  const asksForServers = config.redirectDns && !config.captureAllDns;
  const of = (family: string) => (asksForServers ? servers.filter((one) => familyOfAddress(one) === family) : []);
  return {
    ...config,
    enableIpv6: network === 'ipv6-first' || (network === 'both' && config.dualStack),
    dnsServersV4: of('ipv4'),
    dnsServersV6: of('ipv6'),
  };
}

it('is what the cases ask today; run `npm run record` after changing them', () => {
  expect(recorded.map(({ answer: _answer, ...asked }) => asked)).toEqual(JSON.parse(JSON.stringify(RULE_CASES)));
  expect(recorded.length).toBeGreaterThanOrEqual(60);
});

describe('the generator beside the real pilot-agent', () => {
  it.each(recorded.filter(({ answer }) => answer.rules.startsWith('Running')))('$name', (one) => {
    const config = toConfig(one);
    const text = (['ipv4', 'ipv6'] as const)
      .flatMap((family) => {
        const lines = renderRestore(buildSidecarRules(config, family));
        const tool = family === 'ipv6' ? 'ip6tables' : 'iptables';
        return lines.length === 0
          ? []
          : [`Running iptables restore with: ${tool}-restore and the following input:`, ...lines];
      })
      .join('\n');
    expect(text).toBe(one.answer.rules);
    expect(findConfigFaults(config)).toEqual([]);
  });
});

describe('native nftables beside the real pilot-agent', () => {
  it.each(recorded.filter(({ answer }) => answer.rules.startsWith('nftables')))('$name', (one) => {
    const text = ['nftables rules programmed:', ...renderNftCommands(buildNftRules(toConfig(one)))].join('\n');
    expect(text).toBe(one.answer.rules);
  });
});

describe('what the real pilot-agent refuses, in its words', () => {
  it.each(recorded.filter(({ name }) => name.startsWith('refused')))('$name', (one) => {
    const at = one.args.indexOf('--force-iptables-binary');
    expect(findProgramError(toConfig(one), at < 0 ? '' : one.args[at + 1])).toBe(one.answer.error);
    if (at < 0) expect(findConfigFaults(toConfig(one))).not.toEqual([]);
  });
});
