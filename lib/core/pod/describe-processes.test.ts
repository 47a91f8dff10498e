import { describe, expect, it } from 'vitest';
import type { Pod } from '@/lib/core/kube/pod-types';
import { application, injectedPod, proxy, setup, testPod } from './build-test-pod';
import { describeProcesses } from './describe-processes';

const env = (values: Record<string, string>) => Object.entries(values).map(([name, value]) => ({ name, value }));

describe('describeProcesses', () => {
  it.each<[name: string, pod: Pod, kind: string, processes: readonly string[], chain: readonly string[]]>([
    ['a plain pod', testPod(), 'none', ['application/app'], ['application']],
    [
      'a sidecar',
      injectedPod(),
      'sidecar',
      ['application/app', 'envoy', 'pilot-agent'],
      ['application', 'envoy', 'pilot-agent', 'istiod', 'api-server'],
    ],
    [
      'a gateway',
      testPod({ containers: [proxy({ args: ['proxy', 'router'] })] }),
      'gateway',
      ['envoy', 'pilot-agent'],
      ['envoy', 'pilot-agent', 'istiod', 'api-server'],
    ],
    [
      'a waypoint',
      testPod({ containers: [proxy({ args: ['proxy', 'waypoint'] })] }),
      'waypoint',
      ['envoy', 'pilot-agent'],
      ['envoy', 'pilot-agent', 'istiod', 'api-server'],
    ],
    [
      'gRPC without a proxy',
      testPod({ containers: [application(), proxy({ env: env({ DISABLE_ENVOY: 'true' }) })] }),
      'grpc-agent',
      ['application/app', 'pilot-agent'],
      ['application', 'pilot-agent', 'istiod', 'api-server'],
    ],
    [
      'an ambient pod',
      testPod({ annotations: { 'ambient.istio.io/redirection': 'enabled' } }),
      'ambient',
      ['application/app'],
      ['application', 'ztunnel', 'istiod', 'api-server'],
    ],
  ])('%s', (_name, pod, kind, processes, chain) => {
    const report = describeProcesses(pod);
    expect(report.kind).toBe(kind);
    expect(report.verdict.code).toBe(`pod.process.verdict.${kind}`);
    expect(report.processes.map(({ id }) => id)).toEqual(processes);
    expect(report.chain).toEqual(chain);
    expect(report.links).toHaveLength(chain.length - 1);
  });

  it.each<[name: string, mode: string, code: string]>([
    ['REDIRECT', 'REDIRECT', 'pod.link.app-envoy'],
    ['TPROXY', 'TPROXY', 'pod.link.app-envoy-tproxy'],
    ['NONE', 'NONE', 'pod.link.app-envoy-none'],
  ])('tells how packets reach Envoy: %s', (_name, mode, code) => {
    const args = setup.args?.map((arg) => (arg === 'REDIRECT' ? mode : arg)) ?? [];
    const annotations = { 'sidecar.istio.io/interceptionMode': mode };
    const initContainers =
      mode === 'NONE' ? [proxy({ env: env({ ISTIO_META_INTERCEPTION_MODE: mode }) })] : [{ ...setup, args }, proxy()];
    expect(describeProcesses(injectedPod({ initContainers, annotations })).links[0]?.because.code).toBe(code);
  });

  it('gives Envoy the levels, drain time and threads that the agent passes on', () => {
    const container = proxy({
      args: ['proxy', 'sidecar', '--proxyLogLevel=info', '--proxyComponentLogLevel=misc:error'],
      env: env({ PROXY_CONFIG: '{"concurrency":4,"drainDuration":"1m5s"}' }),
    });
    const envoy = describeProcesses(injectedPod({ initContainers: [setup, container] })).processes.find(
      ({ id }) => id === 'envoy',
    );
    expect(envoy?.args.join(' ')).toMatch(
      /--drain-time-s 65 .* -l info --component-log-level misc:error .* --concurrency 4$/,
    );
  });

  it('fills in the names that the kubelet knows and leaves the others', () => {
    const container = application({ command: ['run'], args: ['$(POD_NAME).$(POD_NAMESPACE)', '$(OTHER)'] });
    expect(describeProcesses(testPod({ containers: [container] })).processes[0]?.args).toEqual([
      'web-1.shop',
      '$(OTHER)',
    ]);
  });

  it('takes the user from the container, else from the pod', () => {
    const spec = { securityContext: { runAsUser: 1000, runAsGroup: 3000 } };
    const pod = testPod({ spec, containers: [application({ securityContext: { runAsUser: 7 } })] });
    expect(describeProcesses(pod).processes[0]).toMatchObject({ uid: 7, gid: 3000 });
  });

  it('names the application among the agent’s peers only where it probes it', () => {
    const peers = (container: ReturnType<typeof proxy>) =>
      describeProcesses(injectedPod({ initContainers: [setup, container] }))
        .processes.find(({ id }) => id === 'pilot-agent')
        ?.talksTo.map(({ because }) => because.code);
    expect(peers(proxy())).not.toContain('pod.process.peer.app-probes');
    expect(peers(proxy({ env: env({ ISTIO_KUBE_APP_PROBERS: '{}' }) }))).toContain('pod.process.peer.app-probes');
  });
});
