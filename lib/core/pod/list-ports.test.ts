import { describe, expect, it } from 'vitest';
import type { Pod } from '@/lib/core/kube/pod-types';
import { appContainer, plainPod, sidecarPod } from './example-pods';
import { listPorts } from './list-ports';

const lines = (pod: Pod) =>
  listPorts(pod).map(({ port, protocol, process, bind }) => `${port}/${protocol} ${process} ${bind || '?'}`);

const PROXY = [
  '15000/TCP envoy 127.0.0.1',
  '15001/TCP envoy 0.0.0.0',
  '15006/TCP envoy 0.0.0.0',
  '15020/TCP pilot-agent *',
  '15021/TCP envoy 0.0.0.0',
  '15090/TCP envoy 0.0.0.0',
];
const CPU_LIMIT = { name: 'ISTIO_CPU_LIMIT', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } };
const APP = '80/TCP application ?';
const without = (...ports: number[]) => PROXY.filter((line) => !ports.some((port) => line.startsWith(`${port}/`)));
const gateway = (over: Partial<Parameters<typeof appContainer>[0]> = {}) =>
  plainPod({
    spec: {
      containers: [
        appContainer({
          name: 'istio-proxy',
          image: 'proxyv2:1.31.0',
          args: ['proxy', 'router'],
          ports: [{ containerPort: 8080 }],
          ...over,
        }),
      ],
    },
  });

describe('listPorts', () => {
  it.each<[name: string, pod: Pod, want: readonly string[]]>([
    ['lists what the application declares', plainPod(), [APP]],
    ['adds the sockets of Envoy and its agent', sidecarPod(), [APP, ...PROXY]],
    ['does so for a sidecar among the regular containers', sidecarPod({ isClassic: true }), [APP, ...PROXY]],
    ['does so with the CNI plug-in', sidecarPod({ hasCni: true }), [APP, ...PROXY]],
    ['does so with TPROXY', sidecarPod({ mode: 'TPROXY' }), [APP, ...PROXY]],
    [
      'follows a moved admin port',
      sidecarPod({ config: { proxyAdminPort: 15777 } }),
      [
        APP,
        ...without(15000, 15020, 15021, 15090),
        '15020/TCP pilot-agent *',
        '15021/TCP envoy 0.0.0.0',
        '15090/TCP envoy 0.0.0.0',
        '15777/TCP envoy 127.0.0.1',
      ],
    ],
    [
      'follows a status port from the proxy config',
      sidecarPod({ config: { statusPort: 15999 } }),
      [APP, ...without(15020), '15999/TCP pilot-agent *'],
    ],
    [
      'lets the annotation win over the config',
      sidecarPod({ config: { statusPort: 15998 }, annotations: { 'status.sidecar.istio.io/port': '15999' } }),
      [APP, ...without(15020), '15999/TCP pilot-agent *'],
    ],
    [
      'knows that status port 0 is off',
      sidecarPod({ annotations: { 'status.sidecar.istio.io/port': '0' } }),
      [APP, ...without(15020)],
    ],
    [
      'opens the DNS proxy when asked',
      sidecarPod({ config: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true' } } }),
      [
        APP,
        ...without(15090),
        '15053/TCP pilot-agent 127.0.0.1',
        '15053/UDP pilot-agent 127.0.0.1',
        '15090/TCP envoy 0.0.0.0',
      ],
    ],
    [
      'opens the tunnel when asked',
      sidecarPod({ env: [{ name: 'ISTIO_META_ENABLE_HBONE', value: 'true' }] }),
      [APP, ...without(15020, 15021, 15090), '15008/TCP envoy 0.0.0.0', ...PROXY.slice(3)],
    ],
    [
      'opens secure metrics when asked',
      sidecarPod({ config: { proxyMetadata: { ENVOY_SECURE_METRICS_PORT: '15091' } } }),
      [APP, ...PROXY, '15091/TCP envoy 0.0.0.0'],
    ],
    [
      'opens the token server when asked',
      sidecarPod({ proxy: { args: ['proxy', 'sidecar', '--stsPort=15463'] } }),
      [APP, ...PROXY, '15463/TCP pilot-agent 127.0.0.1'],
    ],
    [
      'lists the debug port up to 1.24',
      sidecarPod({ proxy: { image: 'proxyv2:1.24.6-distroless' } }),
      [APP, ...PROXY.slice(0, 2), '15004/TCP pilot-agent 127.0.0.1', ...PROXY.slice(2)],
    ],
    ['does not list it from 1.25 on', sidecarPod({ proxy: { image: 'proxyv2:1.25.0' } }), [APP, ...PROXY]],
    [
      'does not guess the release of an odd tag',
      sidecarPod({ proxy: { image: 'my/proxy@sha256:0123' } }),
      [APP, ...PROXY],
    ],
    [
      'binds to IPv6 where the pod has no other address',
      sidecarPod({ status: { podIP: 'fd00::7', podIPs: [{ ip: 'fd00::7' }] } }),
      [APP, ...PROXY.map((line) => line.replace('127.0.0.1', '::1').replace('0.0.0.0', '::'))],
    ],
    ['has no capture ports on a gateway', gateway(), ['8080/TCP envoy ?', ...without(15001, 15006)]],
    [
      'has the tunnel on a waypoint',
      gateway({ args: ['proxy', 'waypoint'], ports: [] }),
      ['15000/TCP envoy 127.0.0.1', '15008/TCP envoy 0.0.0.0', ...PROXY.slice(3)],
    ],
    [
      'has no Envoy in a pod of proxyless gRPC',
      sidecarPod({ isClassic: true, env: [{ name: 'DISABLE_ENVOY', value: 'true' }], proxy: { ports: [] } }),
      [APP, '15020/TCP pilot-agent *'],
    ],
    [
      'lists ztunnel where ambient capture is on',
      plainPod({ metadata: { annotations: { 'ambient.istio.io/redirection': 'enabled' } } }),
      [
        APP,
        '15001/TCP ztunnel *',
        '15006/TCP ztunnel *',
        '15008/TCP ztunnel *',
        '15053/TCP ztunnel 127.0.0.1',
        '15053/UDP ztunnel 127.0.0.1',
      ],
    ],
    [
      'leaves out init containers that end',
      plainPod({ spec: { initContainers: [appContainer({ name: 'migrate', ports: [{ containerPort: 9 }] })] } }),
      [APP],
    ],
    [
      'keeps other protocols apart',
      plainPod({
        spec: {
          containers: [appContainer({ ports: [{ containerPort: 53 }, { containerPort: 53, protocol: 'UDP' }] })],
        },
      }),
      ['53/TCP application ?', '53/UDP application ?'],
    ],
    [
      'knows a port from a probe alone',
      plainPod({ spec: { containers: [appContainer({ readinessProbe: { tcpSocket: { port: 9000 } } })] } }),
      [APP, '9000/TCP application ?'],
    ],
  ])('%s', (_name, pod, want) => {
    expect(lines(pod)).toEqual(want);
  });

  it('has no capture ports in mode NONE, which has no init container', () => {
    const pod = sidecarPod({ mode: 'NONE' });
    const spec = { ...pod.spec, initContainers: pod.spec?.initContainers?.slice(1) ?? [] };
    expect(lines({ ...pod, spec })).toEqual([APP, ...without(15001, 15006)]);
  });

  it('lists the ports of istiod', () => {
    const pod = plainPod({
      spec: {
        containers: [appContainer({ name: 'discovery', args: ['discovery'], ports: [{ containerPort: 15017 }] })],
      },
    });
    expect(listPorts(pod).map(({ port, known }) => `${port} ${known}`)).toEqual([
      '8080 implied',
      '9876 implied',
      '15010 implied',
      '15012 implied',
      '15014 implied',
      '15017 declared',
    ]);
  });

  it('asks the judge once per row', () => {
    const asked: string[] = [];
    const rows = listPorts(sidecarPod(), (port, protocol) => {
      asked.push(`${port}/${protocol}`);
      return port === 80 ? { kind: 'captured', toPort: 15006 } : { kind: 'skipped' };
    });
    expect(asked).toHaveLength(7);
    expect(rows[0]?.inbound).toEqual({ kind: 'captured', toPort: 15006 });
  });

  it.each<[name: string, pod: Pod, port: number, want: readonly string[]]>([
    [
      'an application on a port of the proxy',
      sidecarPod({ app: { ports: [{ containerPort: 15006 }] } }),
      15006,
      ['proxy-port'],
    ],
    [
      'an application on a port that Istio reserves',
      sidecarPod({ app: { ports: [{ containerPort: 15008 }] } }),
      15008,
      ['reserved-port'],
    ],
    [
      'none without a proxy',
      plainPod({ spec: { containers: [appContainer({ ports: [{ containerPort: 15006 }] })] } }),
      15006,
      [],
    ],
    ['none for UDP beside TCP', sidecarPod({ app: { ports: [{ containerPort: 15006, protocol: 'UDP' }] } }), 15006, []],
    [
      'two containers on one port',
      plainPod({ spec: { containers: [appContainer(), appContainer({ name: 'web' })] } }),
      80,
      ['same-port'],
    ],
    [
      'a port of the node',
      plainPod({ spec: { containers: [appContainer({ ports: [{ containerPort: 80, hostPort: 8080 }] })] } }),
      80,
      ['host-port'],
    ],
    ['none for a declared port of the proxy', sidecarPod(), 15090, []],
  ])('finds a clash: %s', (_name, pod, port, want) => {
    const row =
      listPorts(pod).find((each) => each.port === port && each.process === 'application') ??
      listPorts(pod).find((each) => each.port === port);
    expect(row?.clashes.map(({ kind }) => kind)).toEqual(want);
  });

  const withInit = (over: { readonly isClassic?: boolean; readonly isBefore?: boolean; readonly port?: number }) => {
    const pod = sidecarPod({ isClassic: over.isClassic === true });
    const init = appContainer({ name: 'migrate', ports: [{ containerPort: over.port ?? 15021 }] });
    const there = pod.spec?.initContainers ?? [];
    return { ...pod, spec: { ...pod.spec, initContainers: over.isBefore ? [init, ...there] : [...there, init] } };
  };

  it.each<[name: string, pod: Pod, want: readonly string[]]>([
    ['behind a native sidecar', withInit({}), ['15021 pod.port.clash.init']],
    ['not before it', withInit({ isBefore: true }), []],
    ['not with a classic sidecar, which starts later', withInit({ isClassic: true }), []],
    ['not on a port of its own', withInit({ port: 9999 }), []],
    ['not on the port of the application, which is not there yet', withInit({ port: 80 }), []],
  ])('finds the clash of an init container with the proxy: %s', (_name, pod, want) => {
    const found = listPorts(pod).flatMap(({ port, clashes }) =>
      clashes.map(({ because }) => `${port} ${because.code}`),
    );
    expect(found).toEqual(want);
  });

  const metrics = (scrape: string, more: Parameters<typeof sidecarPod>[0] = {}) =>
    sidecarPod({
      annotations: {
        'prometheus.io/scrape': 'true',
        'prometheus.io/port': '15020',
        'prometheus.io/path': '/stats/prometheus',
      },
      ...more,
      env: [{ name: 'ISTIO_PROMETHEUS_ANNOTATIONS', value: scrape }, ...(more.env ?? [])],
    });
  const SCRAPED = '15020 scraped /stats/prometheus';

  it.each<[name: string, pod: Pod, want: readonly string[]]>([
    [
      'merged, from where the author said',
      metrics('{"scrape":"true","path":"/m","port":"80"}'),
      ['80 fetched /m', SCRAPED, '15020 merges localhost:80/m'],
    ],
    [
      'merged, from the agent’s defaults',
      metrics('{"scrape":"true","path":"","port":""}'),
      ['80 fetched /metrics', SCRAPED, '15020 merges localhost:80/metrics'],
    ],
    [
      'merged, from a port that nobody declared',
      metrics('{"scrape":"","path":"","port":"9100"}'),
      ['9100 fetched /metrics', SCRAPED, '15020 merges localhost:9100/metrics'],
    ],
    [
      'merged, from several',
      metrics(
        '{"scrape":"","path":"/a","port":"80","targets":[{"port":"80","path":"/a"},{"port":"9100","path":"/b"}]}',
      ),
      ['80 fetched /a', '9100 fetched /b', SCRAPED, '15020 merges localhost:80/a, localhost:9100/b'],
    ],
    ['merged, from nowhere', metrics('{"scrape":"false","path":"","port":"80"}'), [SCRAPED, '15020 merges-none ']],
    ['merged, from nonsense', metrics('{'), [SCRAPED, '15020 merges-none ']],
    [
      'the application itself',
      plainPod({ metadata: { annotations: { 'prometheus-io/scrape': 'true', 'prometheus.io/port': '9100' } } }),
      ['9100 scraped /metrics'],
    ],
    ['nothing that was not asked for', plainPod({ metadata: { annotations: { 'prometheus.io/port': '80' } } }), []],
    [
      'nothing of the application behind a gateway',
      gateway({ env: [{ name: 'ISTIO_PROMETHEUS_ANNOTATIONS', value: '{"port":"8080"}' }] }),
      [],
    ],
  ])('says where metrics are fetched: %s', (_name, pod, want) => {
    const notes = listPorts(pod).flatMap(({ port, notes }) =>
      notes
        .filter(({ code }) => /note\.(scraped|merges|merges-none|fetched)$/.test(code))
        .map(({ code, values }) => `${port} ${code.slice('pod.port.note.'.length)} ${values?.path ?? values?.from}`),
    );
    expect(notes).toEqual(want);
  });

  it('says which sockets take the connections of all the listeners without one', () => {
    const unbound = listPorts(sidecarPod())
      .filter(({ notes }) => notes.some(({ code }) => code === 'pod.port.note.unbound'))
      .map(({ port }) => port);
    expect(unbound).toEqual([15001, 15006]);
  });

  it('keeps metrics inside the pod where that is asked for', () => {
    const pod = sidecarPod({ config: { proxyMetadata: { METRICS_LOCALHOST_ACCESS_ONLY: 'true' } } });
    expect(lines(pod)).toEqual([APP, ...without(15090), '15090/TCP envoy 127.0.0.1']);
    const status = listPorts(pod).find(({ port }) => port === 15020);
    expect(status?.notes.map(({ code }) => code)).toContain('pod.port.note.metrics-local');
  });

  it('shows a rewritten probe at the agent and at the application', () => {
    const probers = { '/app-health/app/readyz': { httpGet: { path: '/ready', port: 80 } } };
    const pod = sidecarPod({
      app: { readinessProbe: { httpGet: { path: '/app-health/app/readyz', port: 15020 } } },
      env: [{ name: 'ISTIO_KUBE_APP_PROBERS', value: JSON.stringify(probers) }],
    });
    const probes = (port: number) => listPorts(pod).find((row) => row.port === port)?.probes;
    expect(probes(15020)).toEqual([
      { container: 'app', probe: 'readinessProbe', request: 'GET /app-health/app/readyz', from: 'kubelet', target: 80 },
    ]);
    expect(probes(80)).toEqual([
      { container: 'app', probe: 'readinessProbe', request: 'GET /ready', from: 'pilot-agent' },
    ]);
  });

  it('resolves the name of a probed port', () => {
    const app = appContainer({
      ports: [{ name: 'web', containerPort: 8443 }],
      livenessProbe: { httpGet: { port: 'web', scheme: 'HTTPS' } },
    });
    const [row] = listPorts(plainPod({ spec: { containers: [app] } }));
    expect(row?.probes.map(({ request }) => request)).toEqual(['HTTPS GET /']);
  });

  it.each<[name: string, pod: Pod, want: number]>([
    ['the proxy config', sidecarPod({ config: { concurrency: 4 } }), 4],
    [
      'the CPU limit, rounded up',
      sidecarPod({ env: [CPU_LIMIT], proxy: { resources: { limits: { cpu: '1500m' } } } }),
      2,
    ],
    [
      'the config before the limit',
      sidecarPod({ config: { concurrency: 1 }, env: [CPU_LIMIT], proxy: { resources: { limits: { cpu: '2' } } } }),
      1,
    ],
    ['nobody: the node decides', sidecarPod(), 0],
    [
      'nobody where the config says 0',
      sidecarPod({ config: { concurrency: 0 }, env: [CPU_LIMIT], proxy: { resources: { limits: { cpu: '2' } } } }),
      0,
    ],
  ])('counts sockets per worker by %s', (_name, pod, want) => {
    expect(listPorts(pod).find(({ port }) => port === 15001)?.notes[0]?.values).toEqual({ workers: want });
  });
});
