import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '@/lib/core/injection/engine/json-types';
import { objectAt } from '@/lib/core/injection/engine/json-types';
import { uninjectPod } from './uninject-pod';
import { listUnknowns } from './uninjected-pod';

interface Given {
  readonly labels?: JsonObject;
  readonly annotations?: JsonObject;
  readonly env?: readonly JsonObject[];
  readonly containers?: readonly JsonObject[];
  readonly initContainers?: readonly JsonObject[];
  readonly spec?: JsonObject;
  readonly status?: JsonObject | null;
  readonly managedFields?: JsonValue;
}

const APP = { name: 'app', image: 'app:1' };
const STATUS = {
  initContainers: ['istio-init', 'istio-proxy'],
  containers: null,
  volumes: ['istio-data'],
  imagePullSecrets: null,
  revision: 'default',
};
const APPS = { name: 'ISTIO_META_APP_CONTAINERS', value: 'app' };

/** An injected pod with a native sidecar, so that a row shows only what matters. */
function pod(given: Given = {}): JsonObject {
  const { labels = {}, annotations = {}, env = [], containers = [APP], initContainers = [], spec = {} } = given;
  const proxy = { name: 'istio-proxy', image: 'proxy', args: ['proxy', 'sidecar'], env: [APPS, ...env] };
  const status = given.status === undefined ? STATUS : given.status;
  return {
    metadata: {
      name: 'shop-1',
      labels,
      annotations: {
        ...annotations,
        ...(status === null ? {} : { 'sidecar.istio.io/status': JSON.stringify(status) }),
      },
      ...(given.managedFields === undefined
        ? {}
        : { managedFields: given.managedFields, creationTimestamp: '2026-01-01T00:00:00Z' }),
    },
    spec: {
      initContainers: [{ name: 'istio-init', image: 'proxy' }, proxy, ...initContainers],
      containers,
      volumes: [{ name: 'istio-data', emptyDir: {} }],
      ...spec,
    },
  };
}

const specOf = (given: Given) => objectAt(uninjectPod(pod(given)).pod, 'spec');
const metadataOf = (given: Given) => objectAt(uninjectPod(pod(given)).pod, 'metadata');
const unknown = (given: Given) => listUnknowns(uninjectPod(pod(given)).parts).map(({ path }) => path);
const fields = (spec: JsonObject, metadata: JsonObject = {}) => [
  {
    manager: 'kubectl',
    operation: 'Update',
    time: '2026-01-01T00:00:00Z',
    fieldsV1: { 'f:metadata': metadata, 'f:spec': spec },
  },
];
const CONTAINERS = { 'f:containers': { 'k:{"name":"app"}': {} } };

describe('uninjectPod', () => {
  it('leaves nothing of the injection', () => {
    const { pod: bare, isInjected, parts } = uninjectPod(pod());
    expect(bare).toEqual({ metadata: { name: 'shop-1' }, spec: { containers: [APP] } });
    expect(isInjected).toBe(true);
    expect(listUnknowns(parts)).toEqual([]);
  });

  it.each<[name: string, given: Given, labels: JsonObject]>([
    ['takes off what the template sets by itself', { labels: { 'security.istio.io/tlsMode': 'istio' } }, {}],
    [
      'keeps another value',
      { labels: { 'security.istio.io/tlsMode': 'disabled' } },
      { 'security.istio.io/tlsMode': 'disabled' },
    ],
    [
      'reckons the service’s name from the labels',
      {
        labels: {
          app: 'shop',
          'service.istio.io/canonical-name': 'shop',
          'service.istio.io/canonical-revision': 'latest',
        },
      },
      { app: 'shop' },
    ],
    [
      'reckons it from the workload',
      {
        labels: { 'service.istio.io/canonical-name': 'web' },
        env: [{ name: 'ISTIO_META_OWNER', value: 'kubernetes://apis/apps/v1/namespaces/a/deployments/web' }],
      },
      {},
    ],
    [
      'keeps a revision label beside the annotation',
      { labels: { 'istio.io/rev': 'stable' }, annotations: { 'istio.io/rev': 'r' } },
      { 'istio.io/rev': 'stable' },
    ],
    [
      'keeps the tunnel label without HBONE',
      { labels: { 'networking.istio.io/tunnel': 'http' } },
      { 'networking.istio.io/tunnel': 'http' },
    ],
    [
      'takes the tunnel label off with HBONE',
      { labels: { 'networking.istio.io/tunnel': 'http' }, env: [{ name: 'ISTIO_META_ENABLE_HBONE', value: 'true' }] },
      {},
    ],
  ])('labels: %s', (_name, given, labels) => {
    expect(metadataOf(given).labels ?? {}).toEqual(labels);
  });

  it.each<[name: string, given: Given, annotations: JsonObject, open: readonly string[]]>([
    ['first container', { annotations: { 'kubectl.kubernetes.io/default-container': 'app' } }, {}, []],
    [
      'another container',
      { annotations: { 'kubectl.kubernetes.io/default-container': 'other' } },
      { 'kubectl.kubernetes.io/default-container': 'other' },
      [],
    ],
    [
      'the plug-in’s network among others',
      { annotations: { 'k8s.v1.cni.cncf.io/networks': 'mine, default/istio-cni' } },
      { 'k8s.v1.cni.cncf.io/networks': 'mine' },
      [],
    ],
    [
      'the plug-in’s network in JSON',
      {
        annotations: {
          'k8s.v1.cni.cncf.io/networks': '[{"name": "mine"}, {"name": "istio-cni", "namespace": "default"}]',
        },
      },
      { 'k8s.v1.cni.cncf.io/networks': '[{"name": "mine"}]' },
      [],
    ],
    [
      'ports that the plug-in leaves alone, with the agent’s among them',
      {
        annotations: {
          'k8s.v1.cni.cncf.io/networks': 'istio-cni',
          'traffic.sidecar.istio.io/excludeInboundPorts': '4,15020',
          'traffic.sidecar.istio.io/includeInboundPorts': '*',
        },
      },
      { 'traffic.sidecar.istio.io/excludeInboundPorts': '4' },
      [
        'metadata.annotations[traffic.sidecar.istio.io/excludeInboundPorts]',
        'metadata.annotations[traffic.sidecar.istio.io/includeInboundPorts]',
      ],
    ],
    [
      'the port of secure metrics',
      {
        annotations: { 'prometheus.istio.io/secure-port': '15091' },
        env: [{ name: 'ENVOY_SECURE_MERGED_METRICS_PORT', value: '15091' }],
      },
      {},
      [],
    ],
  ])('annotations: %s', (_name, given, annotations, open) => {
    expect(metadataOf(given).annotations ?? {}).toEqual(annotations);
    expect(unknown(given)).toEqual(open);
  });

  it('knows an injected pod that lost its status annotation', () => {
    const given = { status: null, spec: { imagePullSecrets: [{ name: 'pull' }] } };
    expect(specOf(given)).toEqual({ containers: [APP], imagePullSecrets: [{ name: 'pull' }] });
    expect(unknown(given)).toEqual(['spec.imagePullSecrets[pull]']);
  });

  it.each<[name: string, metadata: JsonObject, args: readonly string[]]>([
    ['a gateway that its controller wrote', { labels: { 'gateway.istio.io/managed': 'x' } }, ['proxy', 'router']],
    ['a proxy that its chart wrote', {}, ['proxy', 'router']],
    ['a waypoint', {}, ['proxy', 'waypoint']],
  ])('leaves %s alone', (_name, metadata, args) => {
    const env = metadata.labels === undefined ? [] : [APPS];
    const own = { metadata, spec: { containers: [{ name: 'istio-proxy', args, env }] } };
    expect(uninjectPod(own)).toEqual({ pod: own, isInjected: false, parts: [] });
  });

  it('keeps a source that the template does not give a volume, and says that the rest is mixed', () => {
    const given: Given = {
      status: { ...STATUS, volumes: ['workload-socket'] },
      spec: { volumes: [{ name: 'workload-socket', csi: { driver: 'csi.spiffe.io' } }] },
    };
    expect(specOf(given).volumes).toEqual([{ name: 'workload-socket', csi: { driver: 'csi.spiffe.io' } }]);
    expect(unknown(given)).toEqual(['spec.volumes[workload-socket]']);
  });

  it('tells a pull secret that both named by its place', () => {
    const given: Given = {
      status: { ...STATUS, imagePullSecrets: ['mesh', 'both'] },
      spec: { imagePullSecrets: [{ name: 'mesh' }, { name: 'own' }, { name: 'both' }] },
    };
    expect(specOf(given).imagePullSecrets).toEqual([{ name: 'own' }, { name: 'both' }]);
  });

  it.each<[name: string, targets: string, annotations: JsonObject]>([
    [
      'values',
      '{"scrape":"true","path":"/m","port":"9090"}',
      { 'prometheus.io/scrape': 'true', 'prometheus.io/path': '/m', 'prometheus.io/port': '9090' },
    ],
    [
      'targets',
      '{"scrape":"","path":"/a","port":"1","targets":[{"port":"1","path":"/a"},{"port":"2","path":"/metrics"}]}',
      { 'prometheus.istio.io/scrape-targets': '1:/a,2:/metrics' },
    ],
  ])('puts scrape %s back', (_name, value, annotations) => {
    const merged = {
      'prometheus.io/scrape': 'true',
      'prometheus.io/path': '/stats/prometheus',
      'prometheus.io/port': '15020',
    };
    expect(
      metadataOf({ annotations: merged, env: [{ name: 'ISTIO_PROMETHEUS_ANNOTATIONS', value }] }).annotations,
    ).toEqual(annotations);
  });

  it('says that a template without capture erased the init containers', () => {
    const bare = { status: { ...STATUS, initContainers: null, containers: ['istio-proxy'] } };
    const env = [{ name: 'ISTIO_META_INTERCEPTION_MODE', value: 'NONE' }];
    const { spec } = pod();
    const [, proxy] = objectAt({ spec: spec ?? {} }, 'spec').initContainers as readonly JsonObject[];
    const { initContainers: _inits, ...rest } = objectAt({ spec: spec ?? {} }, 'spec');
    const found = { ...pod(bare), spec: { ...rest, containers: [APP, { ...proxy, env }] } };
    expect(listUnknowns(uninjectPod(found).parts).map(({ path }) => path)).toEqual(['spec.initContainers']);
  });

  it('finds the marks of an earlier injection, after which everything is open', () => {
    const probers = JSON.stringify({ '/app-health/late/livez': { httpGet: { port: 80 } } });
    const given: Given = {
      containers: [APP, { name: 'late', image: 'late' }],
      env: [{ name: 'ISTIO_KUBE_APP_PROBERS', value: probers }],
    };
    expect(unknown(given)).toEqual(
      expect.arrayContaining(['spec.initContainers[istio-proxy]', 'spec.containers[late]']),
    );
  });

  it.each<[tag: string, open: readonly string[]]>([
    ['1.13.2', ['spec.securityContext.fsGroup', 'spec.dnsConfig.searches']],
    ['1.16.0', ['spec.securityContext.fsGroup']],
    ['1.24.0', []],
  ])('goes by the release of the sidecar: %s', (tag, open) => {
    const { spec } = pod({ spec: { securityContext: { fsGroup: 1337 }, dnsConfig: { searches: ['a'] } } });
    const [init, proxy] = objectAt({ spec: spec ?? {} }, 'spec').initContainers as readonly JsonObject[];
    const tagged = [init ?? {}, { ...proxy, image: `registry:5000/proxyv2:${tag}` }];
    const found = { ...pod(), spec: { ...objectAt({ spec: spec ?? {} }, 'spec'), initContainers: tagged } };
    expect(listUnknowns(uninjectPod(found).parts).map(({ path }) => path)).toEqual(open);
  });

  it('names a container that came after the sidecar', () => {
    expect(unknown({ containers: [APP, { name: 'agent', image: 'agent' }] })).toEqual(['spec.containers[agent]']);
  });
});

describe('uninjectPod with the bookkeeping of the API server', () => {
  it.each<[name: string, sent: JsonObject, labels: JsonObject]>([
    ['sent it', { 'f:labels': { 'f:security.istio.io/tlsMode': {} } }, { 'security.istio.io/tlsMode': 'istio' }],
    ['did not send it', {}, {}],
  ])('knows of a label whether its author %s', (_name, sent, labels) => {
    const given = { labels: { 'security.istio.io/tlsMode': 'istio' }, managedFields: fields(CONTAINERS, sent) };
    expect(metadataOf(given).labels ?? {}).toEqual(labels);
    expect(unknown(given)).toEqual([]);
  });

  it('knows in which list the author’s own proxy stood, and that it had an image', () => {
    const overrides = JSON.stringify({ initContainers: [{ name: 'istio-proxy', resources: {} }] });
    const proxy = { 'k:{"name":"istio-proxy"}': { 'f:image': {} } };
    const given = {
      annotations: { 'proxy.istio.io/overrides': overrides },
      managedFields: fields({ ...CONTAINERS, 'f:initContainers': proxy }),
    };
    expect(specOf(given).initContainers).toEqual([{ name: 'istio-proxy', image: 'auto', resources: {} }]);
    expect(unknown(given)).toEqual([]);
  });

  it('says that a status annotation of the author’s was replaced', () => {
    const given = { managedFields: fields(CONTAINERS, { 'f:annotations': { 'f:sidecar.istio.io/status': {} } }) };
    expect(unknown(given)).toEqual(['metadata.annotations[sidecar.istio.io/status]']);
  });

  it('does not trust what was written after the creation', () => {
    const [entry] = fields(CONTAINERS);
    const given = {
      labels: { 'security.istio.io/tlsMode': 'istio' },
      managedFields: [{ ...entry, time: '2026-02-02T00:00:00Z' }],
    };
    expect(uninjectPod(pod(given)).parts.find(({ path }) => path.includes('tlsMode'))?.certainty).toBe('implied');
  });
});
