import { describe, expect, it } from 'vitest';
import { buildCaptureMap } from './build-capture-map';
import { buildRuleSet } from './build-rule-set';
import { buildSidecarRules } from './build-sidecar-rules';
import { PROGRAM_DEFAULTS } from './capture-config';
import { listCaptureEnds } from './capture-ends';
import { findRelatedParts } from './find-related-parts';

const config = { ...PROGRAM_DEFAULTS, inboundPortsInclude: '80', outboundIpRangesInclude: '*' };
const ruleSet = buildRuleSet(buildSidecarRules(config, 'ipv4'), 'ipv4');
const map = buildCaptureMap(ruleSet, listCaptureEnds({ metadata: {} }, config), []);

describe('what belongs together on the map', () => {
  it.each<readonly [string, string, readonly string[]]>([
    [
      'a rule leads to its chain',
      'nat/ISTIO_INBOUND/2',
      ['nat/ISTIO_INBOUND/2', 'nat/ISTIO_INBOUND', 'jump/nat/ISTIO_INBOUND/2', 'nat/ISTIO_IN_REDIRECT'],
    ],
    ['a rule that returns leads nowhere', 'nat/ISTIO_INBOUND/1', ['nat/ISTIO_INBOUND/1', 'nat/ISTIO_INBOUND']],
    [
      'a hand-over leads to a port and its process',
      'nat/ISTIO_REDIRECT/1',
      ['nat/ISTIO_REDIRECT/1', 'nat/ISTIO_REDIRECT', 'jump/nat/ISTIO_REDIRECT/1', 'end/envoy/15001', 'end/envoy'],
    ],
    [
      'a port knows the rule that feeds it',
      'end/envoy/15001',
      ['end/envoy/15001', 'end/envoy', 'jump/nat/ISTIO_REDIRECT/1', 'nat/ISTIO_REDIRECT/1', 'nat/ISTIO_REDIRECT'],
    ],
    [
      'a chain knows both directions',
      'nat/ISTIO_REDIRECT',
      [
        'nat/ISTIO_REDIRECT',
        'nat/ISTIO_REDIRECT/1',
        'jump/nat/ISTIO_REDIRECT/1',
        'end/envoy/15001',
        'end/envoy',
        'jump/nat/ISTIO_OUTPUT/9',
        'nat/ISTIO_OUTPUT/9',
        'nat/ISTIO_OUTPUT',
      ],
    ],
    [
      'a hook leads to its chains and neighbours',
      'station/INPUT',
      [
        'station/INPUT',
        'path/station/INPUT>process',
        'process',
        'path/station/routing>station/INPUT',
        'station/routing',
      ],
    ],
    ['an unknown part is alone', 'nat/NOWHERE/1', ['nat/NOWHERE/1']],
  ])('%s', (_name, id, want) => {
    expect([...findRelatedParts(map, id)].sort()).toEqual([...want].sort());
  });
});
