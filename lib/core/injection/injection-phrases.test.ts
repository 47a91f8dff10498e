import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { INJECTION_PHRASES } from './injection-phrases.data';

interface Node {
  readonly [key: string]: Node | string;
}

function flatten(node: Node, prefix = ''): readonly (readonly [code: string, text: string])[] {
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${prefix}${key}`, value] as const] : flatten(value, `${prefix}${key}.`),
  );
}

/** Names of ICU arguments; the words inside a plural are not arguments. */
function argumentsOf(text: string): readonly string[] {
  const names = new Set<string>();
  for (const [, name] of text.matchAll(/\{(\w+)(?=[,}])/g)) if (name !== undefined) names.add(name);
  return [...names].sort();
}

describe.each(['en', 'zh-CN'])('the injection catalog in %s', (locale) => {
  const catalog = JSON.parse(readFileSync(`messages/${locale}/injection.json`, 'utf8'));
  const texts = new Map(flatten(catalog.phrase.injection));

  it('has exactly the codes that core speaks in', () => {
    expect([...texts.keys()].sort()).toEqual(Object.keys(INJECTION_PHRASES).sort());
  });

  it.each(Object.entries(INJECTION_PHRASES))('%s names its values', (code, values) => {
    const text = texts.get(code) ?? '';
    expect(argumentsOf(text)).toEqual([...values].sort());
    expect(text.trim()).not.toBe('');
  });
});

describe('the two catalogs', () => {
  it('differ in every sentence that is not a bare list of code terms', () => {
    const read = (locale: string) =>
      new Map(flatten(JSON.parse(readFileSync(`messages/${locale}/injection.json`, 'utf8')).phrase.injection));
    const [english, chinese] = [read('en'), read('zh-CN')];
    const same = [...english].filter(([code, text]) => chinese.get(code) === text).map(([code]) => code);
    expect(same).toEqual([]);
  });
});
