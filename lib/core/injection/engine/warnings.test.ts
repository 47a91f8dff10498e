import { expect, it } from 'vitest';
import { exampleInjector } from './example-injector';
import type { JsonObject } from './json-types';
import { toRelease } from './release';

const app = { name: 'app', image: 'app:1' };
const inject = (metadata: JsonObject, spec: JsonObject) => exampleInjector().injectPod({ pod: { metadata, spec } });

it.each<[what: string, metadata: JsonObject, spec: JsonObject, warnings: readonly object[]]>([
  ['nothing odd', {}, { containers: [app] }, []],
  [
    'a container without an image',
    {},
    { containers: [{ name: 'app' }] },
    [{ code: 'engine.warning.container-without-image', values: { container: 'app' } }],
  ],
  [
    'a name given twice',
    {},
    { containers: [app], initContainers: [app] },
    [{ code: 'engine.warning.duplicate-container', values: { container: 'app' } }],
  ],
  [
    'a switch with an unknown word',
    { labels: { 'sidecar.istio.io/inject': 'sure' } },
    { containers: [app] },
    [{ code: 'engine.warning.unknown-switch', values: { key: 'sidecar.istio.io/inject', value: 'sure' } }],
  ],
  [
    'another dnsPolicy',
    {},
    { containers: [app], dnsPolicy: 'None' },
    [{ code: 'engine.warning.dns-policy', values: { policy: 'None' } }],
  ],
  [
    'scrape targets without a port',
    { annotations: { 'prometheus.istio.io/scrape-targets': '9090,:/x' } },
    { containers: [app] },
    [{ code: 'engine.warning.scrape-targets-ignored', values: { value: '9090,:/x' } }],
  ],
])('%s', (_what, metadata, spec, warnings) => {
  const result = inject(metadata, spec);
  expect(result.kind === 'injected' ? result.warnings : result).toEqual(warnings);
});

it('rejects a configuration with one bad template, and names it', () => {
  expect(() =>
    exampleInjector({ settings: { ...exampleInjector().input.settings, templates: new Map([['x', '{{ foo }}']]) } }),
  ).toThrow('template: inject:1: function "foo" not defined');
});

it.each([
  ['1.24.0', 24, false],
  ['1.24.4', 24, true],
  ['1.31-dev', 31, true],
  ['v1.17.2', 17, false],
  ['latest', 31, true],
])('knows the traits of %s', (version, minor, multusNetworkNamespace) => {
  expect(toRelease(version)).toMatchObject({
    minor,
    switches: { multusNetworkNamespace, containerRestartPolicy: minor >= 18 },
  });
});
