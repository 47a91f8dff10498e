import { describe, expect, it } from 'vitest';
import { describeProcesses } from './describe-processes';
import { parseDurationSeconds } from './envoy-arguments';
import { appContainer, plainPod, sidecarPod } from './example-pods';

const find = (report: ReturnType<typeof describeProcesses>, id: string) =>
  report.processes.find((process) => process.id === id);

describe('describeProcesses', () => {
  it('says when nothing stands between application and network', () => {
    const report = describeProcesses(plainPod());
    expect(report).toMatchObject({
      kind: 'none',
      verdict: { code: 'pod.process.verdict.none' },
      chain: ['application'],
      links: [],
    });
    expect(report.processes.map(({ id }) => id)).toEqual(['application/app']);
  });

  it('names application, Envoy and agent of a sidecar', () => {
    const report = describeProcesses(sidecarPod());
    expect(report.processes.map(({ id }) => id)).toEqual(['application/app', 'envoy', 'pilot-agent']);
    expect(report.chain).toEqual(['application', 'envoy', 'pilot-agent', 'istiod', 'api-server']);
    expect(report.links.map(({ from, to }) => `${from}>${to}`)).toEqual([
      'application>envoy',
      'envoy>pilot-agent',
      'pilot-agent>istiod',
      'istiod>api-server',
    ]);
    expect(find(report, 'envoy')).toMatchObject({ uid: 1337, gid: 1337 });
  });

  it.each<[name: string, security: Readonly<Record<string, unknown>>, want: unknown]>([
    ['none of its own', { capabilities: { drop: ['ALL'] } }, []],
    [
      'one with TPROXY, where it runs as root',
      { runAsUser: 0, runAsGroup: 1337, capabilities: { add: ['NET_ADMIN'], drop: ['ALL'] } },
      ['NET_ADMIN'],
    ],
    ['whatever the runtime gives, where nothing is dropped', { capabilities: { add: ['NET_ADMIN'] } }, undefined],
  ])('tells the capabilities of the proxy: %s', (_name, securityContext, want) => {
    const report = describeProcesses(sidecarPod({ proxy: { securityContext } }));
    expect(['envoy', 'pilot-agent'].map((id) => find(report, id)?.capabilities)).toEqual([want, want]);
  });

  it.each<[name: string, pod: ReturnType<typeof sidecarPod>, address: string]>([
    ['the default', sidecarPod(), 'istiod.istio-system.svc:15012'],
    [
      'the proxy config',
      sidecarPod({ config: { discoveryAddress: 'istiod-1-24.istio-system.svc:15012' } }),
      'istiod-1-24.istio-system.svc:15012',
    ],
    [
      'the annotation',
      sidecarPod({ config: { discoveryAddress: 'a:1' }, annotations: { 'sidecar.istio.io/discoveryAddress': 'b:2' } }),
      'b:2',
    ],
  ])('takes the address of istiod from %s', (_name, pod, address) => {
    expect(find(describeProcesses(pod), 'pilot-agent')?.talksTo[0]?.address).toBe(address);
  });

  it('gives Envoy the arguments that follow from the pod', () => {
    const pod = sidecarPod({ config: { concurrency: 3, drainDuration: '1m30s' }, status: { podIP: 'fd00::7' } });
    const args = find(describeProcesses(pod), 'envoy')?.args.join(' ');
    expect(args).toContain('--drain-time-s 90 ');
    expect(args).toContain('--local-address-ip-version v6 ');
    expect(args).toMatch(/--concurrency 3$/);
    expect(find(describeProcesses(sidecarPod()), 'envoy')?.args).not.toContain('--concurrency');
  });

  it('fills in the variables that the kubelet fills in', () => {
    expect(find(describeProcesses(sidecarPod()), 'pilot-agent')?.args).toContain('shop.svc.cluster.local');
  });

  it.each([
    ['gateway', ['proxy', 'router']],
    ['waypoint', ['proxy', 'waypoint']],
  ])('draws a %s without an application', (kind, args) => {
    const pod = plainPod({ spec: { containers: [appContainer({ name: 'istio-proxy', args })] } });
    expect(describeProcesses(pod)).toMatchObject({ kind, chain: ['envoy', 'pilot-agent', 'istiod', 'api-server'] });
  });

  it('draws proxyless gRPC without Envoy', () => {
    const report = describeProcesses(sidecarPod({ isClassic: true, env: [{ name: 'DISABLE_ENVOY', value: 'true' }] }));
    expect(report.kind).toBe('grpc-agent');
    expect(report.processes.map(({ id }) => id)).toEqual(['application/app', 'pilot-agent']);
    expect(report.chain).not.toContain('envoy');
  });

  it('draws an ambient pod with ztunnel', () => {
    const pod = plainPod({ metadata: { annotations: { 'ambient.istio.io/redirection': 'enabled' } } });
    expect(describeProcesses(pod)).toMatchObject({
      kind: 'ambient',
      chain: ['application', 'ztunnel', 'istiod', 'api-server'],
    });
  });

  it.each([
    ['TPROXY', 'pod.link.app-envoy-tproxy'],
    ['REDIRECT', 'pod.link.app-envoy'],
  ])('tells how the application reaches Envoy in mode %s', (mode, code) => {
    expect(describeProcesses(sidecarPod({ mode })).links[0]?.because.code).toBe(code);
  });
});

describe('parseDurationSeconds', () => {
  it.each<[text: string, want: number | undefined]>([
    ['45s', 45],
    ['1m30s', 90],
    ['1h', 3600],
    ['0.5s', 0.5],
    ['', undefined],
    ['soon', undefined],
  ])('%s', (text, want) => {
    expect(parseDurationSeconds(text)).toBe(want);
  });
});
