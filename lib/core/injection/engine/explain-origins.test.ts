import { describe, expect, it } from 'vitest';
import { exampleInjector } from './example-injector';
import { explainOrigins } from './explain-origins';
import type { InjectedStages } from './inject-one';
import type { JsonObject } from './json-types';
import { traceSources } from './trace-sources';

const POD: JsonObject = {
  metadata: {
    name: 'shop',
    namespace: 'shop',
    annotations: { 'sidecar.istio.io/logLevel': 'debug', 'prometheus.io/port': '8080' },
  },
  spec: {
    containers: [
      { name: 'app', image: 'shop:1', livenessProbe: { httpGet: { path: '/live', port: 8080 } } },
      { name: 'istio-proxy', image: 'auto', env: [{ name: 'MINE', value: 'yes' }] },
    ],
  },
};

function inject(pod = POD): InjectedStages {
  const result = exampleInjector().injectPod({ pod });
  if (result.kind !== 'injected') throw new Error(JSON.stringify(result));
  return result.stages;
}

describe('explainOrigins', () => {
  const parts = new Map(explainOrigins(inject()).map((part) => [part.path, part]));

  it.each([
    ['spec.containers[istio-proxy].args', 'added', { kind: 'template', template: 'sidecar' }],
    ['spec.containers[istio-proxy].image', 'changed', { kind: 'template', template: 'sidecar' }],
    ['metadata.labels[mesh]', 'added', { kind: 'template', template: 'sidecar' }],
    ['metadata.annotations[prometheus.io/port]', 'changed', { kind: 'step', step: 'prometheus-merge' }],
    ['metadata.annotations[sidecar.istio.io/status]', 'added', { kind: 'step', step: 'status' }],
    ['spec.containers[app].livenessProbe.httpGet.path', 'changed', { kind: 'step', step: 'probe-rewrite' }],
    ['spec.containers[istio-proxy].env[ISTIO_KUBE_APP_PROBERS]', 'added', { kind: 'step', step: 'probe-rewrite' }],
    ['metadata.annotations[proxy.istio.io/overrides]', 'added', { kind: 'user-container' }],
  ])('%s is %s by its stage', (path, change, origin) => {
    expect(parts.get(path)).toMatchObject({ change, origin });
  });

  it('does not list what injection leaves alone', () => {
    expect(
      [...parts.keys()].filter((path) => /containers\[app\]\.image|env\[MINE\]|metadata\.name/.test(path)),
    ).toEqual([]);
  });
});

describe('traceSources', () => {
  const sources = traceSources(inject());

  it('finds the annotation and the value behind an argument', () => {
    expect(sources.get('spec.containers[istio-proxy].args')).toEqual({
      annotations: ['sidecar.istio.io/logLevel'],
      values: ['global.proxy.clusterDomain'],
    });
  });

  it('finds the values behind the image, of which the pod took its own off', () => {
    expect(sources.get('spec.containers[istio-proxy].image')?.values).toEqual([
      'global.hub',
      'global.tag',
      'global.proxy.image',
    ]);
  });
});
