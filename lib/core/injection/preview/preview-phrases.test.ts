import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PREVIEW_PHRASES } from './preview-phrases.data';

const read = (locale: string): Record<string, string> =>
  JSON.parse(readFileSync(`messages/${locale}/preview-phrases.json`, 'utf8')).phrase.preview;

describe.each(['en', 'zh-CN'])('the previews’ catalog in %s', (locale) => {
  it('has exactly the codes that previews speak in', () => {
    expect(Object.keys(read(locale)).sort()).toEqual(Object.keys(PREVIEW_PHRASES).sort());
  });

  it.each(Object.entries(PREVIEW_PHRASES))('%s names its values', (code, values) => {
    const named = [...(read(locale)[code] ?? '').matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    expect(named).toEqual([...values].sort());
  });
});
