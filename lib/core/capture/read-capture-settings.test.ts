import { describe, expect, it } from 'vitest';
import type { Container, Pod } from '@/lib/core/kube/pod-types';
import type { CaptureSettingKey } from './capture-settings';
import { INJECTED_FLAGS } from './example-flags';
import { readCaptureSettings } from './read-capture-settings';

const TEMPLATE_ARGS = ['istio-iptables', ...INJECTED_FLAGS, '--log_output_level=default:info'];
const init = (args: readonly string[] = TEMPLATE_ARGS, over: Partial<Container> = {}): Container => ({
  name: 'istio-init',
  args,
  ...over,
});
const validation: Container = {
  name: 'istio-validation',
  args: [...TEMPLATE_ARGS, '--run-validation', '--skip-rule-apply'],
};
const proxy = (over: Partial<Container> = {}): Container => ({
  name: 'istio-proxy',
  args: ['proxy', 'sidecar'],
  ...over,
});

interface PodParts {
  readonly init?: readonly Container[];
  readonly containers?: readonly Container[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly podIPs?: readonly string[];
  readonly dns?: object;
}
const pod = ({
  init: initContainers = [],
  containers = [],
  annotations = {},
  podIPs = ['10.244.0.10'],
  dns = {},
}: PodParts): Pod => ({
  metadata: { name: 'web', annotations },
  spec: { initContainers, containers: [{ name: 'web' }, ...containers], ...dns },
  status: { podIP: podIPs[0] ?? '', podIPs: podIPs.map((ip) => ({ ip })) },
});
const setting = (input: Pod, key: CaptureSettingKey) =>
  readCaptureSettings(input).settings.find((one) => one.key === key);

describe('mechanism', () => {
  it.each<readonly [string, PodParts, string, string, string | undefined]>([
    [
      'istio-init installs the rules',
      { init: [init()], containers: [proxy()] },
      'init-container',
      'REDIRECT',
      undefined,
    ],
    [
      'a native sidecar changes nothing about it',
      { init: [init(), proxy({ restartPolicy: 'Always' })] },
      'init-container',
      'REDIRECT',
      undefined,
    ],
    [
      'TPROXY is read from the arguments',
      { init: [init([...TEMPLATE_ARGS, '-m', 'TPROXY'])] },
      'init-container',
      'TPROXY',
      undefined,
    ],
    [
      'istio-validation means the CNI plugin',
      { init: [validation], containers: [proxy()] },
      'cni',
      'REDIRECT',
      undefined,
    ],
    ['ambient', { annotations: { 'ambient.istio.io/redirection': 'enabled' } }, 'ambient', 'REDIRECT', undefined],
    [
      'a sidecar wins over the ambient annotation',
      { init: [init()], annotations: { 'ambient.istio.io/redirection': 'enabled' } },
      'init-container',
      'REDIRECT',
      undefined,
    ],
    ['a proxy without rules has mode NONE', { containers: [proxy()] }, 'none', 'NONE', 'mode-none'],
    ['a gateway captures nothing', { containers: [proxy({ args: ['proxy', 'router'] })] }, 'none', 'NONE', 'gateway'],
    [
      'a gRPC agent captures nothing',
      { containers: [proxy({ env: [{ name: 'DISABLE_ENVOY', value: 'true' }] })] },
      'none',
      'NONE',
      'grpc-agent',
    ],
    ['no proxy at all', {}, 'none', 'NONE', 'no-sidecar'],
    [
      'a user container of the same name is not it',
      { init: [init(['sh', '-c', 'true'])] },
      'none',
      'NONE',
      'no-sidecar',
    ],
    [
      'an init container that applies nothing',
      { init: [init([...TEMPLATE_ARGS, '--skip-rule-apply'])] },
      'none',
      'NONE',
      'not-applied',
    ],
  ])('%s', (_name, parts, mechanism, interceptionMode, because) => {
    const read = readCaptureSettings(pod(parts));
    expect({ mechanism: read.mechanism, mode: read.interceptionMode, because: read.because }).toEqual({
      mechanism,
      mode: interceptionMode,
      because,
    });
  });
});

describe('init container', () => {
  const withArgs = (...args: string[]) => pod({ init: [init([...TEMPLATE_ARGS, ...args])] });
  const withEnv = (name: string, value: string) => pod({ init: [init(TEMPLATE_ARGS, { env: [{ name, value }] })] });
  it.each<readonly [string, Pod, CaptureSettingKey, object]>([
    [
      'value, flag and default',
      withArgs(),
      'inboundPortsExclude',
      { value: '15090,15021,15020', from: 'argument', source: '-d', defaultValue: '15090,15021,15020' },
    ],
    [
      'an explicit empty value',
      withArgs('-b', ''),
      'inboundPortsInclude',
      { value: '', from: 'argument', source: '-b' },
    ],
    ['the last of a repeated flag wins', withArgs('-o', '1', '-o', '2'), 'outboundPortsExclude', { value: '2' }],
    ['a value glued to its flag', withArgs('-o9999'), 'outboundPortsExclude', { value: '9999' }],
    [
      'a value after an equals sign',
      withArgs('--istio-outbound-ports=7777'),
      'outboundPortsInclude',
      { value: '7777', source: '--istio-outbound-ports' },
    ],
    ['a boolean takes no next word', withArgs('--redirect-dns', '-o', '5'), 'outboundPortsExclude', { value: '5' }],
    [
      'a boolean can be switched off',
      withArgs('--redirect-dns=false'),
      'redirectDns',
      { value: 'false', from: 'argument' },
    ],
    [
      'a variable by its extra name',
      withEnv('ISTIO_META_DNS_CAPTURE', 'true'),
      'redirectDns',
      { value: 'true', from: 'environment', source: 'ISTIO_META_DNS_CAPTURE' },
    ],
    [
      'a variable by its derived name',
      withEnv('CAPTURE_ALL_DNS', '1'),
      'captureAllDns',
      { value: 'true', source: 'CAPTURE_ALL_DNS' },
    ],
    [
      'an unreadable variable is ignored',
      withEnv('INVALID_DROP', 'yes'),
      'dropInvalid',
      { value: 'false', from: 'default', source: '' },
    ],
    [
      'the flag wins over the variable',
      withEnv('ISTIO_INBOUND_PORTS', '80'),
      'inboundPortsInclude',
      { value: '*', from: 'argument' },
    ],
    [
      'a variable without a flag',
      withEnv('ISTIO_OUTBOUND_OWNER_GROUPS', '1000'),
      'ownerGroupsInclude',
      { value: '1000', from: 'environment' },
    ],
    ['the gid follows the uid', withArgs('-u', '1000650000'), 'proxyGid', { value: '1000650000', from: 'default' }],
    [
      'the annotation behind an argument',
      pod({ init: [init()], annotations: { 'traffic.sidecar.istio.io/includeInboundPorts': '*' } }),
      'inboundPortsInclude',
      { from: 'argument', askedBy: 'traffic.sidecar.istio.io/includeInboundPorts' },
    ],
  ])('%s', (_name, input, key, want) => {
    expect(setting(input, key)).toMatchObject({ key, ...want });
  });
});

describe('CNI plugin', () => {
  const withAnnotation = (name: string, value: string) =>
    pod({ init: [validation], containers: [proxy()], annotations: { [name]: value } });
  const withProxy = (over: Partial<Container>) => pod({ init: [validation], containers: [proxy(over)] });
  it.each<readonly [string, Pod, CaptureSettingKey, object]>([
    [
      'leaves port 15020 alone outbound',
      withProxy({}),
      'outboundPortsExclude',
      { value: '15020', from: 'default', defaultValue: '15020' },
    ],
    [
      'adds its own ports once',
      withAnnotation('traffic.sidecar.istio.io/excludeInboundPorts', '9000, 15020'),
      'inboundPortsExclude',
      { value: '9000, 15020,15020,15021,15090', from: 'annotation' },
    ],
    [
      'ignores the arguments of istio-validation',
      pod({ init: [{ ...validation, args: [...TEMPLATE_ARGS, '-b', '80'] }] }),
      'inboundPortsInclude',
      { value: '*', from: 'default' },
    ],
    [
      'takes the identity of the container',
      withProxy({ securityContext: { runAsUser: 1000650000, runAsGroup: 7 } }),
      'proxyGid',
      { value: '7', from: 'container', source: 'securityContext.runAsGroup' },
    ],
    [
      'counts uid 0 as unset',
      withProxy({ securityContext: { runAsUser: 0 } }),
      'proxyUid',
      { value: '1337', from: 'default' },
    ],
    [
      'captures all DNS, not only known servers',
      withProxy({ env: [{ name: 'ISTIO_META_DNS_CAPTURE', value: 'true' }] }),
      'captureAllDns',
      { value: 'true', from: 'environment' },
    ],
    [
      'reads the older name of an annotation',
      withAnnotation('traffic.sidecar.istio.io/kubevirtInterfaces', 'net1'),
      'rerouteVirtualInterfaces',
      { value: 'net1', source: 'traffic.sidecar.istio.io/kubevirtInterfaces' },
    ],
  ])('%s', (_name, input, key, want) => {
    expect(setting(input, key)).toMatchObject({ key, ...want });
  });

  it('refuses mode NONE', () => {
    const read = readCaptureSettings(withAnnotation('sidecar.istio.io/interceptionMode', 'NONE'));
    expect(read.faults).toEqual([{ code: 'capture.fault.cni-mode', values: { mode: 'NONE' } }]);
  });
});

describe('what is detected inside the pod', () => {
  const dual = ['10.244.0.10', 'fd00::10'];
  const dualStack = { init: [init(TEMPLATE_ARGS, { env: [{ name: 'ISTIO_DUAL_STACK', value: 'true' }] })] };
  const dns = { init: [init(TEMPLATE_ARGS, { env: [{ name: 'ISTIO_META_DNS_CAPTURE', value: 'true' }] })] };
  it.each<readonly [string, PodParts, object]>([
    ['IPv4 first: no IPv6 rules', { init: [init()], podIPs: dual }, { enableIpv6: false }],
    ['IPv6 first: IPv6 rules', { init: [init()], podIPs: ['fd00::10', '10.244.0.10'] }, { enableIpv6: true }],
    ['dual stack: IPv6 rules', { ...dualStack, podIPs: dual }, { enableIpv6: true }],
    ['the usual DNS server is assumed', dns, { dnsServersV4: ['10.96.0.10'] }],
    [
      'the pod names its own servers',
      { ...dns, dns: { dnsPolicy: 'None', dnsConfig: { nameservers: ['1.1.1.1', 'fd00::53'] } } },
      { dnsServersV4: ['1.1.1.1'], dnsServersV6: ['fd00::53'] },
    ],
    ['no DNS capture: no servers', { init: [init()] }, { dnsServersV4: [], dnsServersV6: [] }],
  ])('%s', (_name, parts, want) => {
    expect(readCaptureSettings(pod(parts)).config).toMatchObject(want);
  });

  it('says that a DNS server is assumed, and that IPv6 goes past the proxy', () => {
    const codes = (parts: PodParts) => readCaptureSettings(pod(parts)).notes.map((note) => note.code);
    expect(codes(dns)).toEqual(['capture.note.assumed-dns']);
    expect(codes({ init: [init()], podIPs: dual })).toEqual(['capture.note.ipv6-bypass']);
  });

  it('takes the DNS address that the caller knows', () => {
    expect(readCaptureSettings(pod(dns), { serverAddress: '10.0.0.10' }).config?.dnsServersV4).toEqual(['10.0.0.10']);
  });
});

describe('values that stop the pod', () => {
  it.each<readonly [string, readonly string[], Readonly<Record<string, string>>, readonly string[]]>([
    ['a range without a length', ['-i', '10.0.0.0'], {}, ['capture.fault.bad-range']],
    ['a wildcard among the excluded ranges', ['-x', '*'], {}, ['capture.fault.bad-range']],
    ['a leading zero', ['-i', '010.0.0.0/8'], {}, ['capture.fault.bad-range']],
    [
      'a loopback range that is none',
      [],
      { ISTIO_OUTBOUND_IPV4_LOOPBACK_CIDR: '10.0.0.0/8' },
      ['capture.fault.bad-loopback'],
    ],
    [
      'a loopback range that is too wide',
      [],
      { ISTIO_OUTBOUND_IPV4_LOOPBACK_CIDR: '127.0.0.0/7' },
      ['capture.fault.bad-loopback'],
    ],
    [
      'too many groups',
      [],
      { ISTIO_OUTBOUND_OWNER_GROUPS: Array.from({ length: 65 }, (_, id) => id).join(',') },
      ['capture.fault.too-many-groups'],
    ],
    ['a good mixture of families', ['-i', '10.1.2.3/8,fd00::/8'], {}, []],
  ])('%s', (_name, args, variables, want) => {
    const env = Object.entries(variables).map(([name, value]) => ({ name, value }));
    const read = readCaptureSettings(pod({ init: [init([...TEMPLATE_ARGS, ...args], { env })] }));
    expect(read.faults.map((fault) => fault.code)).toEqual(want);
  });
});
