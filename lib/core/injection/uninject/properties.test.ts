import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ControlPlane, DEFAULT_PLANE, MISSION_PLANE, revisionOf } from '@/demo/scenarios/control-plane';
import { injectorConfigMap, meshConfigMap } from '@/demo/scenarios/injector-config-map';
import { recordAt, stringAt } from '@/demo/server/json-access';
import type { Injector } from '@/lib/core/injection/engine/create-injector';
import { decodeKube } from '@/lib/core/injection/engine/decode-struct';
import { type JsonObject, objectAt, objectsAt, textAt, textsOf } from '@/lib/core/injection/engine/json-types';
import { workloadKind } from '@/lib/core/injection/engine/workload-kinds';
import { openInjector } from '@/lib/core/injection/open-injector';
import { METADATA, POD_SPEC } from '@/tests/real/engine/random-pod';
import { diffPods, isCoveredBy } from './diff-pods';
import { toReinject } from './reinject';
import { uninjectPod } from './uninject-pod';
import { uninjectWithInjector } from './uninject-with-injector';
import { podAt, podPlaces } from './uninject-workload';
import { listUnknowns } from './uninjected-pod';

const SEED = 20_261_125;
/** Over all of the cases below. */
const PODS = 1_000;
const ODD_PODS = 120;

function open(plane: ControlPlane, nativeSidecars: boolean): Injector {
  const own = recordAt(injectorConfigMap(plane), 'data');
  const opened = openInjector({
    config: stringAt(own, 'config') ?? '',
    values: stringAt(own, 'values') ?? '',
    mesh: stringAt(meshConfigMap(plane), 'data', 'mesh') ?? '',
    revision: revisionOf(plane),
    version: plane.version,
    nativeSidecars,
    engine: 'webhook',
  });
  if (!opened.ok) throw new Error(opened.message);
  return opened.value;
}

const port = (number: number) => fc.constant(number);
const handler = fc.oneof(
  fc.record({
    httpGet: fc.record(
      {
        path: fc.constantFrom('/', '/live', '/a?b=c&d=<e>'),
        port: fc.oneof(port(8081), port(9443)),
        scheme: fc.constantFrom('HTTP', 'HTTPS'),
        host: fc.constant('localhost'),
        httpHeaders: fc.constant([{ name: 'Host', value: 'a.example' }]),
      },
      { requiredKeys: ['path', 'port'] },
    ),
  }),
  fc.record({ tcpSocket: fc.record({ port: port(5432) }) }),
  fc.record({ grpc: fc.record({ port: port(9000), service: fc.constantFrom(null, 'health') }) }),
  fc.record({ exec: fc.record({ command: fc.constant(['true']) }) }),
);
const times = fc.record(
  {
    timeoutSeconds: fc.integer({ min: 1, max: 9 }),
    periodSeconds: fc.integer({ min: 1, max: 60 }),
    initialDelaySeconds: fc.integer({ min: 1, max: 9 }),
  },
  { requiredKeys: [] },
);
const probe = fc.tuple(handler, times).map(([one, two]) => ({ ...one, ...two }));
const hook = fc.oneof(
  fc.record({ exec: fc.record({ command: fc.constant(['sleep', '5']) }) }),
  fc.record({ httpGet: fc.record({ path: fc.constant('/bye'), port: port(8081) }) }),
);
const container = (name: string) =>
  fc.record(
    {
      name: fc.constant(name),
      image: fc.constantFrom('app:1', 'app@sha256:0'),
      ports: fc.constantFrom([{ containerPort: 8080, name: 'http' }], [{ containerPort: 8080 }, { containerPort: 53 }]),
      env: fc.uniqueArray(
        fc.record({ name: fc.constantFrom('A', 'POD_NAME', 'B'), value: fc.string({ minLength: 1 }) }),
        {
          maxLength: 3,
          selector: (each) => each.name,
        },
      ),
      volumeMounts: fc.constantFrom([{ name: 'data', mountPath: '/data' }]),
      livenessProbe: probe,
      readinessProbe: probe,
      startupProbe: probe,
      lifecycle: fc.record({ preStop: hook, postStart: hook }, { requiredKeys: [] }),
      securityContext: fc.record({ runAsUser: fc.nat(), privileged: fc.boolean() }, { requiredKeys: [] }),
      resources: fc.record({ limits: fc.record({ cpu: fc.constantFrom('100m', '2') }) }, { requiredKeys: [] }),
    },
    { requiredKeys: ['name', 'image'] },
  );
/** What the author sets on the proxy; its image is the injector's or one of his own. */
const ownProxy = fc.record(
  {
    name: fc.constant('istio-proxy'),
    image: fc.constantFrom('auto', 'mine/proxy:2'),
    resources: fc.constantFrom({ requests: { cpu: '11m' } }, {}),
    env: fc.constant([{ name: 'MINE', value: '1' }]),
    args: fc.constant(['proxy', 'sidecar', '--mine']),
    volumeMounts: fc.constant([{ name: 'data', mountPath: '/data' }]),
    lifecycle: fc.constant({ preStop: { exec: { command: ['sleep', '10'] } } }),
  },
  { requiredKeys: ['name', 'image'] },
);
const scrape = fc.record(
  {
    'prometheus.io/scrape': fc.constantFrom('true', 'false'),
    'prometheus.io/port': fc.constantFrom('8080', '9102'),
    'prometheus.io/path': fc.constantFrom('/metrics', '/m'),
  },
  { requiredKeys: [] },
);
const annotations = (mode: string) =>
  fc
    .tuple(
      scrape,
      fc.record(
        {
          'sidecar.istio.io/interceptionMode': fc.constant(mode),
          'proxy.istio.io/config': fc.constantFrom('concurrency: 2', 'terminationDrainDuration: 9s'),
          'sidecar.istio.io/proxyCPU': fc.constant('20m'),
          'traffic.sidecar.istio.io/excludeOutboundPorts': fc.constantFrom('5432', '80,443'),
          'sidecar.istio.io/logLevel': fc.constantFrom('debug', 'warning'),
          'a.example/note': fc.string(),
        },
        { requiredKeys: ['sidecar.istio.io/interceptionMode'] },
      ),
    )
    .map(([one, two]) => ({ ...one, ...two }));
const labels = fc.record(
  {
    app: fc.constantFrom('shop', 'a-name'),
    version: fc.constantFrom('v1', 'v2'),
    'app.kubernetes.io/name': fc.constant('shop'),
    'security.istio.io/tlsMode': fc.constant('disabled'),
    'service.istio.io/canonical-name': fc.constant('other'),
  },
  { requiredKeys: [] },
);

/** A pod as people write them; a rare one has the author's own proxy among its containers, at the end. */
const written = (mode: string) =>
  fc
    .record({
      metadata: fc.record({ name: fc.constant('shop-1'), labels, annotations: annotations(mode) }),
      containers: fc
        .subarray(['app', 'web', 'cache'], { minLength: 1 })
        .chain((names) => fc.tuple(...names.map(container))),
      proxy: fc.option(ownProxy, { freq: 3, nil: undefined }),
      spec: fc.record(
        {
          initContainers: fc.tuple(container('migrate')),
          volumes: fc.constantFrom(
            [{ name: 'data', emptyDir: {} }],
            [{ name: 'data' }, { name: 'c', configMap: { name: 'c' } }],
          ),
          imagePullSecrets: fc.constant([{ name: 'pull' }]),
          securityContext: fc.record({ supplementalGroups: fc.constant([2000]), runAsNonRoot: fc.boolean() }),
          dnsPolicy: fc.constantFrom('ClusterFirst', 'Default'),
          dnsConfig: fc.constant({ options: [{ name: 'ndots', value: '2' }] }),
          serviceAccountName: fc.constant('shop'),
          terminationGracePeriodSeconds: fc.integer({ min: 1, max: 60 }),
          hostAliases: fc.constant([{ ip: '10.0.0.1', hostnames: ['x'] }]),
        },
        { requiredKeys: [] },
      ),
    })
    .map(({ metadata, containers, proxy, spec }): JsonObject => {
      const all = proxy === undefined ? containers : [...containers, proxy];
      return JSON.parse(JSON.stringify({ metadata, spec: { containers: all, ...spec } }));
    });

const kind = workloadKind('Pod');
const [place] = kind === undefined ? [] : podPlaces(kind);

function typed(pod: JsonObject): JsonObject {
  const decoded = decodeKube('Pod', pod);
  if (!decoded.ok) throw new Error(decoded.faults[0].text);
  return decoded.value;
}

/** A pod, what injection makes of it, and what the two ways back make of that; undefined for one that is not injected. */
function thereAndBack(injector: Injector, sent: JsonObject) {
  if (kind === undefined || place === undefined) throw new Error('pods are no workload');
  const answer = injector.injectPod({ pod: sent, namespace: 'shop' });
  if (answer.kind !== 'injected') return undefined;
  const found = podAt(answer.pod, place);
  const target = { kind, object: answer.pod, place, engine: 'webhook', namespace: 'shop' } as const;
  return {
    before: podAt(typed(sent), place),
    alone: uninjectPod(found),
    configured: uninjectWithInjector(found, toReinject(injector, target)),
  };
}

const CASES = [DEFAULT_PLANE, MISSION_PLANE].flatMap((plane) =>
  [true, false].flatMap((isNative) =>
    ['REDIRECT', 'TPROXY'].map((mode) => ({ release: plane.version, plane, isNative, mode })),
  ),
);

describe.each(CASES)('a pod of $release, native $isNative, $mode', ({ plane, isNative, mode }) => {
  const injector = open(plane, isNative);
  const settings = { numRuns: PODS / CASES.length, seed: SEED };

  it('is the same after injection and un-injection', () => {
    fc.assert(
      fc.property(written(mode), (sent) => {
        const result = thereAndBack(injector, sent);
        if (result === undefined) throw new Error('it was not injected');
        const { before, alone, configured } = result;
        expect(diffPods(before, alone.pod)).toEqual([]);
        expect(diffPods(before, configured.pod)).toEqual([]);
        expect(configured.verified).toBe('same');
      }),
      settings,
    );
  }, 180_000);
});

/** Values that injection replaces without leaving a trace: nothing is told by an annotation that says nothing. */
function withoutEmptyScrapes(pod: JsonObject): JsonObject {
  const metadata = objectAt(pod, 'metadata');
  const kept = Object.entries(textsOf(metadata.annotations)).filter(
    ([key, value]) => !['sidecar.istio.io/status', 'proxy.istio.io/overrides'].includes(key) && value !== '',
  );
  return { ...pod, metadata: { ...metadata, annotations: Object.fromEntries(kept) } };
}

describe.each([
  ['native', true],
  ['regular', false],
])('an odd pod with %s sidecars', (_name, isNative) => {
  const injector = open(DEFAULT_PLANE, isNative);
  const odd = fc
    .record({ metadata: METADATA, spec: POD_SPEC })
    .map((pod): JsonObject => withoutEmptyScrapes(JSON.parse(JSON.stringify(pod))));

  it('differs from what was sent only where un-injection says so', () => {
    fc.assert(
      fc.property(odd, (sent) => {
        const named = { ...sent, metadata: { ...objectAt(sent, 'metadata'), name: 'a' } };
        const result = thereAndBack(injector, named);
        if (result === undefined) return;
        for (const { pod, parts } of [result.alone, result.configured]) {
          const told = [...listUnknowns(parts), ...parts.filter(({ fate }) => fate === 'taken-off')];
          const silent = diffPods(result.before, pod).filter(
            (path) => !told.some((part) => isCoveredBy(path, part.path)),
          );
          expect(silent).toEqual([]);
        }
      }),
      { numRuns: ODD_PODS, seed: SEED },
    );
  }, 240_000);
});

describe('nonsense', () => {
  it('never throws, whatever JSON a pod is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue(), (spec, text) => {
        const annotations = {
          'sidecar.istio.io/status': JSON.stringify(text),
          'proxy.istio.io/overrides': '{"containers":[1]}',
        };
        const pod: JsonObject = JSON.parse(JSON.stringify({ metadata: { annotations }, spec }));
        expect(uninjectPod(pod).parts.every(({ path }) => path !== '')).toBe(true);
      }),
      { numRuns: 200, seed: SEED },
    );
  });

  it('leaves a pod alone that was not injected', () => {
    const pod = { metadata: { name: 'a' }, spec: { containers: [{ name: 'istio-proxy', image: 'auto' }] } };
    expect(uninjectPod(pod)).toEqual({ pod, isInjected: false, parts: [] });
    expect(objectsAt(pod.spec, 'containers').map((each) => textAt(each, 'name'))).toEqual(['istio-proxy']);
  });
});
