import { describe, expect, it } from 'vitest';
import { buildRuleSet } from './build-rule-set';
import { buildSidecarRules } from './build-sidecar-rules';
import { type CaptureConfig, PROGRAM_DEFAULTS } from './capture-config';
import { readCaptureMinor } from './capture-release';
import { renderSave } from './render-save';

const template: CaptureConfig = {
  ...PROGRAM_DEFAULTS,
  interceptionMode: 'REDIRECT',
  inboundPortsInclude: '*',
  inboundPortsExclude: '15090,15021,15020',
  outboundIpRangesInclude: '*',
};
const dns = { redirectDns: true, dnsServersV4: ['10.96.0.10'] };
const save = (minor: number, over: Partial<CaptureConfig> = {}, family: 'ipv4' | 'ipv6' = 'ipv4') =>
  renderSave(buildRuleSet(buildSidecarRules({ ...template, ...over }, family, minor), family));
const rules = (minor: number, chain: string, over: Partial<CaptureConfig> = {}) =>
  save(minor, over).flatMap((line) => (line.startsWith(`-A ${chain} `) ? [line.slice(chain.length + 4)] : []));
const self = (ports: string, owner: string) => `! -d 127.0.0.1/32 -o lo ${ports}-m owner ${owner} -j ISTIO_IN_REDIRECT`;

describe('rules of older releases', () => {
  it('1.10: port 22, no port conditions, TCP only', () => {
    expect(rules(10, 'OUTPUT')).toEqual(['-p tcp -j ISTIO_OUTPUT']);
    expect(rules(10, 'ISTIO_INBOUND').slice(0, 3)).toEqual([
      '-p tcp -m tcp --dport 15008 -j RETURN',
      '-p tcp -m tcp --dport 22 -j RETURN',
      '-p tcp -m tcp --dport 15090 -j RETURN',
    ]);
    expect(rules(10, 'ISTIO_OUTPUT')[1]).toBe(self('', '--uid-owner 1337'));
    expect(rules(10, 'ISTIO_OUTPUT')[4]).toBe(self('', '--gid-owner 1337'));
  });

  it('1.10: DNS without zones, UDP in OUTPUT', () => {
    expect(rules(10, 'OUTPUT', dns)).toEqual([
      '-p tcp -j ISTIO_OUTPUT',
      '-p udp -m udp --dport 53 -m owner --uid-owner 1337 -j RETURN',
      '-p udp -m udp --dport 53 -m owner --gid-owner 1337 -j RETURN',
      '-d 10.96.0.10/32 -p udp -m udp --dport 53 -j REDIRECT --to-ports 15053',
    ]);
    expect(rules(10, 'ISTIO_OUTPUT', dns).slice(-3)).toEqual([
      '-d 10.96.0.10/32 -p tcp -m tcp --dport 53 -j REDIRECT --to-ports 15053',
      '-d 127.0.0.1/32 -j RETURN',
      '-j ISTIO_REDIRECT',
    ]);
    expect(save(10, dns)).not.toContain('*raw');
  });

  it('1.14: no port 22, zones, owner groups also for DNS', () => {
    expect(rules(14, 'ISTIO_INBOUND')).not.toContain('-p tcp -m tcp --dport 22 -j RETURN');
    expect(rules(14, 'OUTPUT', { ...dns, ownerGroupsExclude: '5' })).toContain(
      '-p udp -m udp --dport 53 -m owner --gid-owner 5 -j RETURN',
    );
    expect(rules(14, 'PREROUTING', dns)).toContain('-d 10.96.0.10/32 -p udp -m udp --sport 53 -j CT --zone 1');
    expect(rules(14, 'ISTIO_OUTPUT', dns)[1]).toBe(self('-p tcp -m tcp ! --dport 53 ', '--uid-owner 1337'));
    expect(rules(14, 'ISTIO_OUTPUT', dns)[4]).toBe(self('', '--gid-owner 1337'));
  });

  it('1.18: the port conditions of today', () => {
    expect(rules(18, 'ISTIO_OUTPUT')[1]).toBe(self('-p tcp -m tcp ! --dport 15008 ', '--uid-owner 1337'));
    expect(rules(18, 'ISTIO_OUTPUT', dns)[1]).toBe(
      self('-p tcp -m multiport ! --dports 53,15008 ', '--uid-owner 1337'),
    );
  });

  it('1.22: zones that match the server, its own loopback range', () => {
    expect(rules(22, 'PREROUTING', dns)).toContain('-s 10.96.0.10/32 -p udp -m udp --sport 53 -j CT --zone 1');
    expect(rules(22, 'ISTIO_OUTPUT', { loopbackCidr: '127.0.0.1/8' })).toContain('-d 127.0.0.0/8 -j RETURN');
    expect(rules(20, 'ISTIO_OUTPUT', { loopbackCidr: '127.0.0.1/8' })).toContain('-d 127.0.0.1/32 -j RETURN');
  });

  it.each([10, 14, 18, 22])('1.%d: a list of ranges ends with a return', (minor) => {
    expect(rules(minor, 'ISTIO_OUTPUT', { outboundIpRangesInclude: '10.0.0.0/8' }).at(-1)).toBe('-j RETURN');
  });

  it('1.23: no final return, UDP of DNS in ISTIO_OUTPUT', () => {
    expect(rules(23, 'ISTIO_OUTPUT', { outboundIpRangesInclude: '10.0.0.0/8' }).at(-1)).toBe(
      '-d 10.0.0.0/8 -j ISTIO_REDIRECT',
    );
    expect(rules(23, 'OUTPUT', dns)).toContain('-p udp -j ISTIO_OUTPUT');
  });

  it('invalid packets: 1.12 ignores, 1.13 drops, 1.24 has a chain', () => {
    expect(save(12, { dropInvalid: true })).not.toContain('*mangle');
    expect(rules(13, 'PREROUTING', { dropInvalid: true })).toContain('-m conntrack --ctstate INVALID -j DROP');
    expect(rules(24, 'ISTIO_DROP', { dropInvalid: true })).toEqual(['-j DROP']);
  });

  it('1.25 is what the present program makes', () => {
    expect(save(25, dns)).toEqual(save(31, dns));
  });

  it('IPv6 before 1.12 is not computed', () => {
    expect(save(11, { enableIpv6: true }, 'ipv6')).toEqual([]);
    expect(save(12, { enableIpv6: true }, 'ipv6').length).toBeGreaterThan(0);
  });
});

it.each<readonly [string, number]>([
  ['docker.io/istio/proxyv2:1.14.3', 14],
  ['gcr.io/x/proxyv2:1.24.0-distroless', 24],
  ['proxyv2:1.31-dev', 31],
  ['example.com:5000/proxyv2:9.9', 31],
])('%s was made by 1.%d', (image, minor) => {
  expect(
    readCaptureMinor({ metadata: {}, spec: { containers: [], initContainers: [{ name: 'istio-init', image }] } }),
  ).toBe(minor);
});
