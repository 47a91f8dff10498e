import { describe, expect, it } from 'vitest';
import { toRelease } from '@/lib/core/injection/engine/release';
import { ANNOTATION } from './capture-annotations';
import { findAnnotationFaults } from './find-annotation-faults';

const release = toRelease('1.31.0');
const find = (annotation: string, value: string, mechanism: 'init-container' | 'cni' = 'init-container') =>
  findAnnotationFaults({ [annotation]: value }, release, mechanism).map(({ by, text }) => `${by}: ${text}`);
const istiod = (annotation: string, value: string, detail: string) =>
  `injector: failed to run injection template: 1 error occurred:\n\t* invalid value '${value}' for annotation '${annotation}': ${detail}\n\n`;
const plugin = (name: string, detail: string) =>
  `cni-plugin: annotation value error for value ${name}; annotationFound = true: ${detail}`;

describe('what the injector refuses, in its words', () => {
  it.each<readonly [string, string, string]>([
    [ANNOTATION.interceptionMode, 'redirect', 'interceptionMode invalid, use REDIRECT,TPROXY,NONE: redirect'],
    [
      ANNOTATION.outboundIpRangesInclude,
      '10.0.0.0',
      `includeIPRanges invalid: failed parsing cidr '10.0.0.0': netip.ParsePrefix("10.0.0.0"): no '/'`,
    ],
    [
      ANNOTATION.outboundIpRangesExclude,
      '10.0.0.0/33',
      `excludeIPRanges invalid: failed parsing cidr '10.0.0.0/33': netip.ParsePrefix("10.0.0.0/33"): prefix length out of range`,
    ],
    [ANNOTATION.excludeInterfaces, '1eth', 'interface name "1eth" contains invalid characters'],
  ])('%s: %s', (annotation, value, detail) => {
    expect(find(annotation, value)).toEqual([istiod(annotation, value, detail)]);
    expect(find(annotation, value, 'cni')).toEqual([istiod(annotation, value, detail)]);
  });
});

describe('what only the CNI plugin refuses', () => {
  it.each<readonly [string, string, string, string]>([
    [ANNOTATION.interceptionMode, 'NONE', 'redirectMode', 'interceptionMode invalid: NONE'],
    [
      ANNOTATION.outboundPortsInclude,
      'abc',
      'includeOutboundPorts',
      'portList "abc" invalid: failed parsing port "abc": strconv.ParseUint: parsing "abc": invalid syntax',
    ],
    [
      ANNOTATION.outboundPortsInclude,
      '80,70000',
      'includeOutboundPorts',
      'portList "80,70000" invalid: failed parsing port "70000": strconv.ParseUint: parsing "70000": value out of range',
    ],
    [
      ANNOTATION.outboundPortsInclude,
      '80,',
      'includeOutboundPorts',
      'portList "80," invalid: failed parsing port "": strconv.ParseUint: parsing "": invalid syntax',
    ],
  ])('%s: %s', (annotation, value, name, detail) => {
    expect(find(annotation, value, 'cni')).toEqual([plugin(name, detail)]);
  });
});

describe('what only iptables refuses', () => {
  it('a port of the annotation that the injector does not look at', () => {
    expect(find(ANNOTATION.outboundPortsInclude, '443,abc')).toEqual([
      "iptables: invalid port/service `abc' specified",
    ]);
  });
});

it.each<readonly [string, string]>([
  [ANNOTATION.interceptionMode, 'TPROXY'],
  [ANNOTATION.outboundIpRangesInclude, '*'],
  [ANNOTATION.outboundIpRangesInclude, ''],
  [ANNOTATION.inboundPortsInclude, '80, 443'],
  [ANNOTATION.outboundPortsInclude, '443,8443'],
  [ANNOTATION.rerouteVirtualInterfaces, 'net1,net2'],
])('accepts %s: %s', (annotation, value) => {
  expect(find(annotation, value)).toEqual([]);
  expect(find(annotation, value, 'cni')).toEqual([]);
});
