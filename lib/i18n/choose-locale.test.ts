import { describe, expect, it } from 'vitest';
import { chooseLocale } from './choose-locale';

describe('chooseLocale', () => {
  it.each<[name: string, cookie: string | undefined, header: string | null, want: string]>([
    ['falls back to English', undefined, null, 'en'],
    ['lets the cookie win', 'zh-CN', 'en', 'zh-CN'],
    ['ignores a cookie that is no language of ours', 'xx', 'zh', 'zh-CN'],
    ['takes the first of equals', undefined, 'zh-CN,en', 'zh-CN'],
    ['follows the weights, not the order', undefined, 'en;q=0.4, zh;q=0.9', 'zh-CN'],
    ['skips a language that is refused', undefined, 'zh;q=0, en', 'en'],
    ['skips languages we do not have', undefined, 'de-DE,de;q=0.9,zh-TW;q=0.8,en;q=0.7', 'zh-CN'],
    ['stops at the wildcard', undefined, 'fr, *;q=0.5, zh;q=0.1', 'en'],
    ['survives nonsense', undefined, ';;,q=;,zh;q=x', 'en'],
    ['reads tags in any case', undefined, 'ZH-hans-CN', 'zh-CN'],
  ])('%s', (_name, cookie, header, want) => {
    expect(chooseLocale(cookie, header)).toBe(want);
  });
});
