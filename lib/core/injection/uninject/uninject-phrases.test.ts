import { describe, expect, it } from 'vitest';
import en from '@/messages/en/uninject.json';
import zh from '@/messages/zh-CN/uninject.json';
import { UNINJECT_PHRASES } from './uninject-phrases.data';

describe.each([
  ['en', en],
  ['zh-CN', zh],
])('the sentences about a part in %s', (_locale, catalog) => {
  const texts = new Map(Object.entries(catalog.phrase.uninject));

  it('are exactly those that un-injection speaks in', () => {
    expect([...texts.keys()].sort()).toEqual(Object.keys(UNINJECT_PHRASES).sort());
  });

  it.each(Object.entries(UNINJECT_PHRASES))('%s names its values', (code, values) => {
    const named = [...(texts.get(code) ?? '').matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect([...new Set(named)].sort()).toEqual([...values].sort());
  });
});
