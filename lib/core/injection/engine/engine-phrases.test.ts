import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENGINE_PHRASES } from './engine-phrases.data';

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
