import { describe, expect, it } from 'vitest';
import { expectedProxyImage, imageTag, isSameBuild } from './expected-image';
import { isInjectorConfigMap, parseInjectorConfig } from './parse-injector-config';
import { documentRecord } from './record-builders';

const parse = (data: unknown, name = 'istio-sidecar-injector', labels = {}) =>
  parseInjectorConfig(documentRecord('ConfigMap', name, { data }, { labels, namespace: 'istio-system' }));
const parsed = (data: unknown, name?: string, labels?: object) => {
  const result = parse(data, name, labels);
  if (!result.ok) throw new Error(result.message);
  return result.value;
};
const values = (global: object, more: object = {}) => JSON.stringify({ global, ...more });

describe('parseInjectorConfig', () => {
  it('reads policy, selectors, templates and the proxy', () => {
    const config = `
policy: disabled
alwaysInjectSelector:
  - matchLabels: { app: a }
neverInjectSelector:
  - {}
  - matchExpressions: [{ key: job, operator: Exists }]
template: "{{ Template_Version_And_Istio_Version_Mismatched_Check_Installation }}"
templates:
  sidecar: |
    x: {{ .Values }}
aliases:
  both: [sidecar, gateway]
`;
    const global = {
      hub: 'docker.io/istio',
      tag: '1.24.0',
      variant: 'distroless',
      proxy: { image: 'proxyv2' },
    };
    expect(
      parsed({
        config,
        values: values(global, {
          sidecarInjectorWebhook: { enableNamespacesByDefault: true },
        }),
      }),
    ).toEqual({
      policy: 'disabled',
      alwaysInject: [{ matchLabels: { app: 'a' } }],
      neverInject: [{}, { matchExpressions: [{ key: 'job', operator: 'Exists' }] }],
      hasLooseSwitch: true,
      revision: 'default',
      namespace: 'istio-system',
      configMap: 'istio-sidecar-injector',
      defaultTemplates: ['sidecar'],
      templateNames: ['both', 'sidecar'],
      proxyImage: { hub: 'docker.io/istio', name: 'proxyv2', tag: '1.24.0', variant: 'distroless' },
      injectsByDefault: true,
    });
  });

  it.each<[name: string, map: string, labels: object, global: string, want: string]>([
    ['its label', 'istio-sidecar-injector-x', { 'istio.io/rev': '1-24' }, '{"revision":"1-22"}', '1-24'],
    ['its values', 'istio-sidecar-injector-x', {}, '{"revision":"1-22"}', '1-22'],
    ['its name', 'istio-sidecar-injector-1-20', {}, '{}', '1-20'],
    ['nothing', 'istio-sidecar-injector', {}, '{}', 'default'],
  ])('takes the revision from %s', (_name, map, labels, text, want) => {
    expect(parsed({ config: 'policy: enabled', values: text }, map, labels).revision).toBe(want);
  });

  it.each<[tag: unknown, isLoose: boolean]>([
    ['1.26.3', true],
    ['1.27.0', false],
    ['1.31-dev', false],
    [1.9, true],
    ['latest', false],
    ['2.1', false],
  ])('tag %s: loose switch %s', (tag, isLoose) => {
    expect(parsed({ config: 'policy: enabled', values: values({ tag }) }).hasLooseSwitch).toBe(isLoose);
  });

  it('keeps a missing policy empty, which means never', () => {
    expect(parsed({ config: 'templates: {}' }).policy).toBe('');
  });

  it.each<[name: string, data: unknown, message: RegExp]>([
    ['no data', undefined, /no key "config"/],
    ['no config', { values: '{}' }, /ConfigMap istio-sidecar-injector has no key "config"/],
    ['YAML that does not parse', { config: 'policy: [' }, /key "config": /],
    ['YAML that is no mapping', { config: '- a' }, /not a mapping/],
    ['values that do not parse', { config: 'policy: enabled', values: '{' }, /key "values": /],
  ])('fails with a line on %s', (_name, data, message) => {
    const result = parse(data);
    expect(result.ok ? '' : result.message).toMatch(message);
    expect(result.ok ? '' : result.message).not.toContain('\n');
  });

  it.each([
    ['istio-sidecar-injector', true],
    ['istio-sidecar-injector-1-24', true],
    ['istio-sidecar-injectors', false],
    ['istio', false],
  ])('knows %s by its name: %s', (name, want) => {
    expect(isInjectorConfigMap(name)).toBe(want);
  });
});

const IMAGE = { hub: 'docker.io/istio', name: 'proxyv2', tag: '1.24.0', variant: '' };
const TYPE = 'sidecar.istio.io/proxyImageType';

describe('expectedProxyImage', () => {
  it.each<
    [name: string, annotations: Record<string, string>, image: typeof IMAGE | undefined, want: string | undefined]
  >([
    ['plain', {}, IMAGE, 'docker.io/istio/proxyv2:1.24.0'],
    ['not known', {}, undefined, undefined],
    ['no tag', {}, { ...IMAGE, tag: '' }, undefined],
    ['a variant', {}, { ...IMAGE, variant: 'distroless' }, 'docker.io/istio/proxyv2:1.24.0-distroless'],
    [
      'a type replaces the variant',
      { [TYPE]: 'debug' },
      { ...IMAGE, variant: 'distroless' },
      'docker.io/istio/proxyv2:1.24.0-debug',
    ],
    ['an empty type too', { [TYPE]: '' }, { ...IMAGE, variant: 'distroless' }, 'docker.io/istio/proxyv2:1.24.0'],
    [
      'type default',
      { [TYPE]: 'default' },
      { ...IMAGE, tag: '1.11.2-asm.17-distroless' },
      'docker.io/istio/proxyv2:1.11.2-asm.17',
    ],
    [
      'a type strips one suffix',
      { [TYPE]: 'distroless' },
      { ...IMAGE, tag: '1.12-debug' },
      'docker.io/istio/proxyv2:1.12-distroless',
    ],
    ['a whole image in values', {}, { ...IMAGE, name: 'example.com/proxy:1' }, 'example.com/proxy:1'],
    ['an image of the pod', { 'sidecar.istio.io/proxyImage': 'example.com/p:1' }, IMAGE, undefined],
    [
      'an image without a path is ignored',
      { 'sidecar.istio.io/proxyImage': 'p:1' },
      IMAGE,
      'docker.io/istio/proxyv2:1.24.0',
    ],
    ['an override of the image', { 'proxy.istio.io/overrides': '{"containers":[{"image":"a/b"}]}' }, IMAGE, undefined],
    [
      'an override of something else',
      { 'proxy.istio.io/overrides': '{"containers":[{"env":[]}]}' },
      IMAGE,
      'docker.io/istio/proxyv2:1.24.0',
    ],
  ])('%s', (_name, annotations, image, want) => {
    expect(expectedProxyImage(annotations, image)).toBe(want);
  });
});

describe('isSameBuild and imageTag', () => {
  it.each([
    ['a/p:1', 'a/p:1', true],
    ['a/p:1-distroless', 'a/p:1', true],
    ['a/p:1-debug', 'a/p:1-distroless', true],
    ['a/p:1', 'a/p:2', false],
    ['a/p:1', 'b/p:1', false],
  ])('%s and %s: %s', (running, expected, want) => {
    expect(isSameBuild(running, expected)).toBe(want);
  });

  it.each([
    ['docker.io/istio/proxyv2:1.24.0', '1.24.0'],
    ['localhost:5000/proxyv2', ''],
    ['proxyv2@sha256:abc', 'sha256:abc'],
    ['', ''],
  ])('tag of %s is "%s"', (image, want) => {
    expect(imageTag(image)).toBe(want);
  });
});
