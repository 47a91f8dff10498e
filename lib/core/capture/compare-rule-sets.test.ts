import { describe, expect, it } from 'vitest';
import { buildRuleSet } from './build-rule-set';
import { buildSidecarRules } from './build-sidecar-rules';
import { PROGRAM_DEFAULTS } from './capture-config';
import { compareRuleSets } from './compare-rule-sets';

const rulesOf = (over: Partial<typeof PROGRAM_DEFAULTS>) => {
  const config = { ...PROGRAM_DEFAULTS, inboundPortsInclude: '*', outboundIpRangesInclude: '*', ...over };
  return buildRuleSet(buildSidecarRules(config, 'ipv4'), 'ipv4');
};

describe('two rule sets', () => {
  it('that are equal do not differ', () => {
    expect(compareRuleSets(rulesOf({}), rulesOf({}))).toEqual([]);
  });

  it('differ in the chains where a rule came or went, at its place', () => {
    const difference = compareRuleSets(
      rulesOf({ inboundPortsExclude: '9000' }),
      rulesOf({ inboundPortsExclude: '22' }),
    );
    expect(difference.map(({ chain }) => chain)).toEqual(['ISTIO_INBOUND']);
    expect(difference[0]?.lines.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'same -p tcp --dport 15008 -j RETURN',
      'removed -p tcp --dport 22 -j RETURN',
      'added -p tcp --dport 9000 -j RETURN',
      'same -p tcp -j ISTIO_IN_REDIRECT',
    ]);
  });

  it('differ when the same rules stand in another order', () => {
    const difference = compareRuleSets(
      rulesOf({ outboundPortsExclude: '1,2' }),
      rulesOf({ outboundPortsExclude: '2,1' }),
    );
    expect(
      difference.flatMap(({ lines }) => lines.filter(({ kind }) => kind !== 'same').map(({ kind }) => kind)),
    ).toEqual(['removed', 'removed', 'added', 'added']);
  });

  it('differ in whole tables', () => {
    const difference = compareRuleSets(rulesOf({ interceptionMode: 'TPROXY' }), rulesOf({}));
    expect(difference.filter(({ table }) => table === 'mangle').map(({ chain }) => chain)).toContain('ISTIO_TPROXY');
  });
});
