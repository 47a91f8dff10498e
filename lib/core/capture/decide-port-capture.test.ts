import { describe, expect, it } from 'vitest';
import { buildRuleSet } from './build-rule-set';
import { buildSidecarRules } from './build-sidecar-rules';
import { type CaptureConfig, PROGRAM_DEFAULTS } from './capture-config';
import { decidePortCapture } from './decide-port-capture';
import type { PodNetwork } from './packet';

const pod: PodNetwork = { addresses: ['10.244.0.10'], interfaceName: 'eth0', localMarks: [1337] };
const template: CaptureConfig = {
  ...PROGRAM_DEFAULTS,
  interceptionMode: 'REDIRECT',
  inboundPortsInclude: '*',
  inboundPortsExclude: '15090,15021,15020',
  outboundIpRangesInclude: '*',
};

describe('inbound capture of a port, by the rules', () => {
  it.each<readonly [string, Partial<CaptureConfig>, 'tcp' | 'udp', number, string, string | undefined, number]>([
    ['everything goes to Envoy', {}, 'tcp', 8080, 'captured', 'inbound-rest', 15006],
    ['the health port does not', {}, 'tcp', 15021, 'skipped', 'proxy-health-port', 15021],
    ['nor does the tunnel port', {}, 'tcp', 15008, 'skipped', 'tunnel-port', 15008],
    ['UDP meets no rule', {}, 'udp', 53, 'untouched', undefined, 53],
    ['an excluded port', { inboundPortsExclude: '9000' }, 'tcp', 9000, 'skipped', 'excluded-inbound-port', 9000],
    ['a listed port', { inboundPortsInclude: '80' }, 'tcp', 80, 'captured', 'included-inbound-port', 15006],
    ['a port that is not listed', { inboundPortsInclude: '80' }, 'tcp', 8080, 'untouched', undefined, 8080],
    ['nothing listed', { inboundPortsInclude: '' }, 'tcp', 8080, 'untouched', undefined, 8080],
    ['an excluded interface', { excludeInterfaces: 'eth0' }, 'tcp', 8080, 'skipped', 'excluded-interface-in', 8080],
    ['TPROXY takes the port', { interceptionMode: 'TPROXY' }, 'tcp', 8080, 'captured', 'inbound-rest', 15006],
    ['TPROXY takes the tunnel port', { interceptionMode: 'TPROXY' }, 'tcp', 15008, 'captured', 'inbound-rest', 15006],
    ['another inbound port is named', { inboundCapturePort: '16006' }, 'tcp', 80, 'captured', 'inbound-rest', 16006],
  ])('%s', (_name, over, protocol, port, kind, code, toPort) => {
    const ruleSet = buildRuleSet(buildSidecarRules({ ...template, ...over }, 'ipv4'), 'ipv4');
    const decided = decidePortCapture(ruleSet, pod, protocol, port);
    const meaning = decided.rule?.meaning.code.replace('capture.rule.', '');
    expect({ kind: decided.kind, code: meaning, toPort: decided.toPort }).toEqual({ kind, code, toPort });
  });
});
