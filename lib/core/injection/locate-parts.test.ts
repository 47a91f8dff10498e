import { load } from 'js-yaml';
import { expect, it } from 'vitest';
import { cleanPodForDisplay } from '@/lib/core/pod/clean-pod-for-display';
import { exampleInjector } from './engine/example-injector';
import { explainOrigins } from './engine/explain-origins';
import { objectAt } from './engine/json-types';
import { locateParts } from './locate-parts';

const POD = {
  metadata: { name: 'web', annotations: { 'example.io/text': 'one\n\ntwo\n', 'prometheus.io/port': '80' } },
  spec: {
    containers: [
      {
        name: 'app',
        image: 'app:1',
        args: ['say', 'x'],
        ports: [{ containerPort: 80 }, { containerPort: 8080 }],
        env: [{ name: 'A', value: 'a' }],
        livenessProbe: { httpGet: { path: '/live', port: 80 } },
      },
    ],
  },
};

const injected = exampleInjector().injectPod({ pod: POD });
if (injected.kind !== 'injected') throw new Error('the example is injected');
const yaml = cleanPodForDisplay({ metadata: objectAt(injected.pod, 'metadata'), spec: objectAt(injected.pod, 'spec') });
const lines = yaml.split('\n');
const textAt = (path: string) => {
  const range = locateParts(yaml, [path]).get(path);
  return range && lines.slice(range.first - 1, range.last).join('\n');
};

it.each<[path: string, text: string]>([
  ['metadata.name', '  name: web'],
  ['metadata.annotations[example.io/text]', '    example.io/text: |\n      one\n\n      two'],
  ['spec.containers[app].image', '      image: app:1'],
  ['spec.containers[app].args', '      args:\n        - say\n        - x'],
  ['spec.containers[app].ports[8080]', '        - containerPort: 8080'],
  ['spec.containers[app].env[A]', '        - name: A\n          value: a'],
])('finds %s', (path, text) => {
  expect(textAt(path)).toBe(text);
});

it('finds every part that injection added or changed', () => {
  const parts = explainOrigins(injected.stages).filter(({ change, after }) => change !== 'removed' && isShown(after));
  const ranges = locateParts(
    yaml,
    parts.map(({ path }) => path),
  );
  expect(parts.length).toBeGreaterThan(10);
  expect(parts.map(({ path }) => path).filter((path) => !ranges.has(path))).toEqual([]);
});

it('gives ranges that hold the value of the part', () => {
  for (const { path, after } of explainOrigins(injected.stages)) {
    if (typeof after !== 'string' || after.includes('\n')) continue;
    const text = textAt(path);
    const [value] = text === undefined ? [] : Object.values(Object([load(text)].flat()[0]));
    expect([path, value]).toEqual([path, after]);
  }
});

it('finds nothing that is not there', () => {
  expect(textAt('spec.containers[other].image')).toBeUndefined();
  expect(textAt('spec.containers[app].env[B]')).toBeUndefined();
});

/** Empty values are left out of the text. */
function isShown(value: unknown): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length > 0;
}
