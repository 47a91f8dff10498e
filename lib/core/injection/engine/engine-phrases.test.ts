import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENGINE_PHRASES } from './engine-phrases.data';
import { exampleInjector } from './example-injector';
import { explainOrigins } from './explain-origins';
import { refusalPhrase } from './injection-refusal';
import { originPhrase } from './origin-phrase';

const read = (locale: string): Record<string, Record<string, string>> =>
  JSON.parse(readFileSync(`messages/${locale}/engine.json`, 'utf8')).phrase.engine;
const flat = (locale: string) =>
  new Map(
    Object.entries(read(locale)).flatMap(([group, texts]) =>
      Object.entries(texts).map(([key, text]) => [`${group}.${key}`, text]),
    ),
  );

describe.each(['en', 'zh-CN'])('the engine catalog in %s', (locale) => {
  const texts = flat(locale);

  it('has exactly the codes that the engine speaks in', () => {
    expect([...texts.keys()].sort()).toEqual(Object.keys(ENGINE_PHRASES).sort());
  });

  it.each(Object.entries(ENGINE_PHRASES))('%s names its values', (code, values) => {
    const named = [...(texts.get(code) ?? '').matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    expect(named).toEqual([...values].sort());
  });
});

it('says nothing twice in the same words', () => {
  const [english, chinese] = [flat('en'), flat('zh-CN')];
  expect([...english].filter(([code, text]) => chinese.get(code) === text)).toEqual([]);
});

const KNOWN: ReadonlySet<string> = new Set(Object.keys(ENGINE_PHRASES).map((code) => `engine.${code}`));

it('has a sentence for where each part came from', () => {
  const pod = { metadata: { name: 'a' }, spec: { containers: [{ name: 'app', image: 'app:1' }] } };
  const result = exampleInjector().injectPod({ pod });
  const origins = result.kind === 'injected' ? explainOrigins(result.stages) : [];
  expect(origins.length).toBeGreaterThan(5);
  expect(origins.map(({ origin }) => originPhrase(origin).code).filter((code) => !KNOWN.has(code))).toEqual([]);
});

it('has a sentence for a refusal, with the values that it names', () => {
  const annotations = { 'sidecar.istio.io/interceptionMode': 'SIDEWAYS', 'sidecar.istio.io/proxyCPU': 'lots' };
  const result = exampleInjector().injectPod({ pod: { metadata: { annotations }, spec: { containers: [] } } });
  const phrases = result.kind === 'refused' ? result.reasons.map(refusalPhrase) : [];
  expect(phrases).toMatchObject([
    {
      code: 'engine.refusal.annotation-invalid',
      values: { annotation: 'sidecar.istio.io/interceptionMode', value: 'SIDEWAYS' },
    },
    { code: 'engine.refusal.annotation-invalid', values: { annotation: 'sidecar.istio.io/proxyCPU', value: 'lots' } },
  ]);
});
