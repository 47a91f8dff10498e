import { describe, expect, it } from 'vitest';
import { buildRuleSet } from './build-rule-set';
import { buildSidecarRules } from './build-sidecar-rules';
import { type CaptureConfig, PROGRAM_DEFAULTS } from './capture-config';
import { listCaptureEnds } from './capture-ends';
import { listTrafficFacts } from './list-traffic-facts';

const pod = { metadata: {}, spec: { containers: [{ name: 'web', ports: [{ containerPort: 8080 }] }] } };

function factsOf(over: Partial<CaptureConfig>, restartCount = 0): readonly string[] {
  const config = { ...PROGRAM_DEFAULTS, inboundPortsInclude: '*', outboundIpRangesInclude: '*', ...over };
  const ruleSet = buildRuleSet(buildSidecarRules(config, 'ipv4'), 'ipv4');
  const network = { addresses: ['10.244.0.10'], interfaceName: 'eth0', localMarks: [1337] };
  const scene = { ruleSet, config, ends: listCaptureEnds(pod, config), pod: network };
  const status = { initContainerStatuses: [{ name: 'istio-init', restartCount }] };
  return listTrafficFacts({ ...pod, status }, scene).map(({ says }) => says.code.replace('capture.fact.', ''));
}

describe('what surprises people', () => {
  it('of a pod with REDIRECT', () => {
    expect(factsOf({})).toEqual([
      'looks-open',
      'client-hidden',
      'tunnel-alone',
      'self-call',
      'proxy-self-call',
      'root-captured',
      'group-passes',
      'admin-open',
      'udp-passes',
    ]);
  });

  it('of a pod with TPROXY, whose tunnel port is not exempt', () => {
    const facts = factsOf({ interceptionMode: 'TPROXY' });
    expect(facts).toContain('client-kept');
    expect(facts).toContain('tunnel-taken');
    expect(facts).toContain('tproxy-root');
    expect(facts).not.toContain('client-hidden');
    expect(facts).not.toContain('tunnel-alone');
  });

  it('is told only where the pod’s own rules make it true', () => {
    const none = factsOf({ inboundPortsInclude: '', outboundIpRangesInclude: '' });
    expect(none).not.toContain('looks-open');
    expect(none).not.toContain('root-captured');
    expect(factsOf({ inboundPortsInclude: '8080' })).not.toContain('looks-open');
  });

  it('says what is left of an earlier run of istio-init, where there was one', () => {
    const left = (facts: readonly string[]) => facts.filter((code) => code === 'ran-again' || code === 'route-stays');
    expect(left(factsOf({}, 1))).toEqual(['ran-again']);
    expect(left(factsOf({ interceptionMode: 'TPROXY' }, 1))).toEqual(['ran-again', 'route-stays']);
    expect(left(factsOf({ interceptionMode: 'TPROXY' }))).toEqual([]);
  });

  it('names the resolvers that DNS capture covers', () => {
    expect(factsOf({ redirectDns: true, dnsServersV4: ['10.96.0.10'] })).toContain('dns-listed');
    expect(factsOf({ redirectDns: true, captureAllDns: true })).not.toContain('dns-listed');
  });
});
