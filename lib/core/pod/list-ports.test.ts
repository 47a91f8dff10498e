import { describe, expect, it } from 'vitest';
import type { Pod } from '@/lib/core/kube/pod-types';
import { application, injectedPod, proxy, setup, testPod } from './build-test-pod';
import { listPorts } from './list-ports';

const line = (pod: Pod) =>
  listPorts(pod).map(({ port, protocol, process, bind }) => `${port}/${protocol} ${process} ${bind}`);
const mesh = (pod: Pod) => listPorts(pod).flatMap(({ port, process }) => (process === 'application' ? [] : [port]));
const env = (values: Record<string, string>) => Object.entries(values).map(([name, value]) => ({ name, value }));
const withProxy = (over: Parameters<typeof proxy>[0], annotations = {}) =>
  injectedPod({ initContainers: [setup, proxy(over)], annotations });

describe('listPorts', () => {
  it('lists what a sidecar opens beside the application, by number', () => {
    expect(line(injectedPod())).toEqual([
      '80/TCP application ',
      '15000/TCP envoy 127.0.0.1',
      '15001/TCP envoy 0.0.0.0',
      '15006/TCP envoy 0.0.0.0',
      '15020/TCP pilot-agent *',
      '15021/TCP envoy 0.0.0.0',
      '15090/TCP envoy 0.0.0.0',
    ]);
  });

  it.each<[name: string, pod: Pod, want: readonly number[]]>([
    ['a pod without a proxy has only its own', testPod(), []],
    ['a placeholder that waits for injection opens nothing', testPod({ containers: [proxy({ image: 'auto' })] }), []],
    [
      '1.24 still has the debug port',
      withProxy({ image: 'istio/proxyv2:1.24.3' }),
      [15000, 15001, 15004, 15006, 15020, 15021, 15090],
    ],
    [
      'DNS capture opens 15053 twice',
      withProxy({ env: env({ ISTIO_META_DNS_CAPTURE: 'true' }) }),
      [15000, 15001, 15006, 15020, 15021, 15053, 15053, 15090],
    ],
    [
      'HBONE opens the tunnel port',
      withProxy({ env: env({ ISTIO_META_ENABLE_HBONE: 'true' }) }),
      [15000, 15001, 15006, 15008, 15020, 15021, 15090],
    ],
    [
      'the status port can be off',
      withProxy({}, { 'status.sidecar.istio.io/port': '0' }),
      [15000, 15001, 15006, 15021, 15090],
    ],
    [
      'the config moves ports',
      withProxy({ env: env({ PROXY_CONFIG: '{"proxyAdminPort":15300,"statusPort":15420}' }) }),
      [15001, 15006, 15021, 15090, 15300, 15420],
    ],
    ['an agent for gRPC has no Envoy', withProxy({ env: env({ DISABLE_ENVOY: 'true' }) }), [15020]],
    [
      'a gateway captures nothing',
      testPod({ containers: [proxy({ args: ['proxy', 'router'], ports: [{ containerPort: 8443 }] })] }),
      [8443, 15000, 15020, 15021, 15090],
    ],
    [
      'interception NONE opens no capture ports',
      injectedPod({
        initContainers: [proxy({ env: env({ ISTIO_META_INTERCEPTION_MODE: 'NONE' }) })],
        annotations: { 'sidecar.istio.io/interceptionMode': 'NONE' },
      }),
      [15000, 15020, 15021, 15090],
    ],
    [
      'ztunnel opens its own inside an ambient pod',
      testPod({ annotations: { 'ambient.istio.io/redirection': 'enabled' } }),
      [15001, 15006, 15008, 15053, 15053],
    ],
  ])('%s', (_name, pod, want) => {
    expect(mesh(pod)).toEqual(want);
  });

  it('binds to IPv6 where the pod has nothing else', () => {
    const pod = { ...injectedPod(), status: { podIPs: [{ ip: 'fd00::1' }] } };
    expect(line(pod)).toEqual(expect.arrayContaining(['15000/TCP envoy ::1', '15006/TCP envoy ::']));
  });

  it('keeps one row per protocol and names UDP and SCTP', () => {
    const ports = [
      { containerPort: 53 },
      { containerPort: 53, protocol: 'UDP' },
      { containerPort: 99, protocol: 'SCTP' },
    ];
    expect(line(testPod({ containers: [application({ ports })] }))).toEqual([
      '53/TCP application ',
      '53/UDP application ',
      '99/SCTP application ',
    ]);
  });

  it('knows a port that only a probe names, and gives the probe to the row it reaches', () => {
    const [row] = listPorts(
      testPod({ containers: [application({ ports: [], readinessProbe: { tcpSocket: { port: 9000 } } })] }),
    );
    expect(row).toMatchObject({
      port: 9000,
      known: 'probe',
      probes: [{ probe: 'readinessProbe', request: 'TCP', from: 'kubelet' }],
    });
  });

  it('asks the judge once for every row', () => {
    const asked: string[] = [];
    const rows = listPorts(injectedPod(), (port, protocol) => {
      asked.push(`${port}/${protocol}`);
      return { kind: 'captured', toPort: 15006 };
    });
    expect(asked).toHaveLength(rows.length);
    expect(rows.every(({ inbound }) => inbound?.toPort === 15006)).toBe(true);
  });

  it.each<[name: string, pod: Pod, want: readonly string[]]>([
    [
      'a port of the proxy',
      injectedPod({ containers: [application({ ports: [{ containerPort: 15090 }] })] }),
      ['proxy-port'],
    ],
    [
      'a port that Istio reserves',
      injectedPod({ containers: [application({ ports: [{ containerPort: 15053 }] })] }),
      ['reserved-port'],
    ],
    [
      'the same without a proxy is free',
      testPod({ containers: [application({ ports: [{ containerPort: 15053 }] })] }),
      [],
    ],
    [
      'two containers on one port',
      testPod({ containers: [application(), application({ name: 'other' })] }),
      ['same-port', 'same-port'],
    ],
    [
      'a port of the node',
      testPod({ containers: [application({ ports: [{ containerPort: 80, hostPort: 80 }] })] }),
      ['host-port'],
    ],
  ])('finds the clash: %s', (_name, pod, want) => {
    expect(listPorts(pod).flatMap(({ clashes }) => clashes.map(({ kind }) => kind))).toEqual(want);
  });
});
