import { describe, expect, it } from 'vitest';
import { exampleInjector } from '@/lib/core/injection/engine/example-injector';
import type { JsonObject } from '@/lib/core/injection/engine/json-types';
import { checkRendering } from './check-rendering';
import type { PodMaker } from './rendered-pod';
import type { RenderingCheck } from './rendering-check';

const injector = exampleInjector();
const APP = { name: 'app', image: 'web:1' };

function makerOf(kind: string, metadata: JsonObject = {}, over: JsonObject = {}): PodMaker {
  const object = {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'web', namespace: 'shop' },
    spec: { template: { metadata, spec: { containers: [APP] } } },
    ...over,
  };
  return { kind, object };
}
const check = (maker: PodMaker | undefined, running?: JsonObject): RenderingCheck =>
  checkRendering(injector, {
    namespace: 'shop',
    namespaceAnnotations: {},
    ...(maker === undefined ? {} : { maker }),
    ...(running === undefined ? {} : { running }),
  });

/** The pod that the example injector makes, as an API server would have it. */
function runningPod(change: (proxy: JsonObject) => JsonObject = (proxy) => proxy): JsonObject {
  const metadata = { name: 'web-1', namespace: 'shop', labels: { app: 'web' } };
  const made = injector.injectPod({ pod: { metadata, spec: { containers: [APP] } }, namespace: 'shop' });
  if (made.kind !== 'injected') throw new Error(made.kind);
  const containers = Object(made.pod.spec).containers.map((container: JsonObject) => {
    const stored = { terminationMessagePath: '/dev/termination-log', imagePullPolicy: 'IfNotPresent', ...container };
    return container.name === 'istio-proxy' ? change(stored) : stored;
  });
  return { ...made.pod, spec: { ...Object(made.pod.spec), containers, nodeName: 'node-1', schedulerName: 'x' } };
}

describe('checkRendering', () => {
  it('renders the next pod of a maker', () => {
    expect(check(makerOf('Deployment'))).toEqual({ kind: 'rendered' });
  });

  it.each<[name: string, annotations: JsonObject, code: string]>([
    ['an invalid annotation', { 'sidecar.istio.io/interceptionMode': 'X' }, 'annotation-invalid'],
    ['an unknown template', { 'inject.istio.io/templates': 'nowhere' }, 'template-unknown'],
    ['a reserved port for Prometheus', { 'prometheus.io/port': '15090' }, 'prometheus-port'],
  ])('foresees %s', (_name, annotations, code) => {
    const found = check(makerOf('Deployment', { annotations }));
    expect(found.kind === 'refused' && found.reasons.map((reason) => reason.code)).toEqual([`engine.refusal.${code}`]);
  });

  it.each<[name: string, maker: PodMaker | undefined, running: JsonObject | undefined, because: string]>([
    ['there is nothing to render', undefined, undefined, 'no-template'],
    [
      'the injector leaves it alone',
      makerOf('Deployment', { labels: { 'sidecar.istio.io/inject': 'false' } }),
      undefined,
      'skipped',
    ],
    [
      'a StatefulSet’s template is newer than the pod',
      makerOf('StatefulSet', {}, { status: { updateRevision: 'web-2' } }),
      {
        ...runningPod(),
        metadata: { ...Object(runningPod().metadata), labels: { 'controller-revision-hash': 'web-1' } },
      },
      'template-changed',
    ],
    [
      'a DaemonSet’s template is newer than the pod',
      makerOf(
        'DaemonSet',
        {},
        { metadata: { name: 'web', annotations: { 'deprecated.daemonset.template.generation': '2' } } },
      ),
      { ...runningPod(), metadata: { ...Object(runningPod().metadata), labels: { 'pod-template-generation': '1' } } },
      'template-changed',
    ],
  ])('does not compare where %s', (_name, maker, running, because) => {
    expect(check(maker, running)).toMatchObject({
      kind: 'unchecked',
      because: { code: `injection.unchecked.${because}` },
    });
  });

  const LABELLED = makerOf('ReplicaSet', { labels: { app: 'web' } });
  it('finds the same in a pod with all that the cluster added', () => {
    expect(check(LABELLED, runningPod())).toEqual({ kind: 'same' });
    expect(check(undefined, runningPod())).toEqual({ kind: 'same' });
  });

  it('names the fields of the sidecar that differ, with both values', () => {
    const older = runningPod((proxy) => ({ ...proxy, image: 'registry.example/proxyv2:1.30.0', tty: true }));
    expect(check(LABELLED, older)).toEqual({
      kind: 'differs',
      differences: [
        {
          path: 'containers[istio-proxy].image',
          running: 'registry.example/proxyv2:1.30.0',
          wanted: 'registry.example/proxyv2:1.31.0',
        },
        { path: 'containers[istio-proxy].tty', running: 'true' },
      ],
    });
  });

  it('leaves to others what injection has no hand in', () => {
    const spec = Object(runningPod().spec);
    const touched = { ...runningPod(), spec: { ...spec, priority: 7, tolerations: [{ key: 'a' }] } };
    expect(check(LABELLED, touched)).toEqual({ kind: 'same' });
  });
});
