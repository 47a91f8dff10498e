import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { INJECTION_PHRASES } from '@/lib/core/injection/injection-phrases.data';

const PREFIX = 'problem.';
const causes = Object.keys(INJECTION_PHRASES).filter((code) => code.startsWith(PREFIX));

describe.each(['en', 'zh-CN'])('the Problems page in %s', (locale) => {
  it('says of every cause that core knows what it means', () => {
    const { meaning } = JSON.parse(readFileSync(`messages/${locale}/problems.json`, 'utf8')).problems;
    expect(Object.keys(meaning).sort()).toEqual(causes.map((code) => code.slice(PREFIX.length)).sort());
  });
});
