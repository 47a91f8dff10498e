import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { loadMessages } from '@/lib/i18n/load-messages';
import { LOCALES, type Locale } from '@/lib/i18n/locales';
import { type MessageTree, mergeMessages } from '@/lib/i18n/merge-messages';

type Texts = ReadonlyMap<string, string>;

function flatten(tree: MessageTree, path: readonly string[] = []): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[[...path, key].join('.'), value]] : flatten(value, [...path, key]),
  );
}

/** What a sentence asks for: placeholders by name and tags as `<name>`. */
function placeholders(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element): string[] => {
    switch (element.type) {
      case TYPE.literal:
      case TYPE.pound:
        return [];
      case TYPE.tag:
        return [`<${element.value}>`, ...placeholders(element.children)];
      case TYPE.select:
      case TYPE.plural:
        return [element.value, ...Object.values(element.options).flatMap(({ value }) => placeholders(value))];
      default:
        return [element.value];
    }
  });
}

const namesIn = (text: string): string[] => [...new Set(placeholders(parse(text)))].sort();

const catalogs = new Map<Locale, Texts>();
for (const locale of LOCALES) catalogs.set(locale, new Map(flatten(await loadMessages(locale))));
const textsOf = (locale: Locale): Texts => catalogs.get(locale) ?? new Map();

describe('the message files', () => {
  it('are the same in every language', () => {
    const files = LOCALES.map((locale) => readdirSync(join('messages', locale)).sort());
    for (const names of files) expect(names).toEqual(files[0]);
  });

  it.each(LOCALES)('%s parses as ICU, key by key', (locale) => {
    const broken = [...textsOf(locale)].flatMap(([key, text]) => {
      try {
        parse(text);
        return text.trim() === '' ? [`${key}: empty`] : [];
      } catch (error) {
        return [`${key}: ${String(error)}`];
      }
    });
    expect(broken).toEqual([]);
  });

  it('hold every key in both languages', () => {
    const english = textsOf('en');
    const chinese = textsOf('zh-CN');
    expect({
      onlyEnglish: [...english.keys()].filter((key) => !chinese.has(key)),
      onlyChinese: [...chinese.keys()].filter((key) => !english.has(key)),
    }).toEqual({ onlyEnglish: [], onlyChinese: [] });
  });

  it('ask for the same values in both languages', () => {
    const chinese = textsOf('zh-CN');
    const differing = [...textsOf('en')].flatMap(([key, text]) => {
      const other = chinese.get(key);
      if (other === undefined) return [];
      const [here, there] = [namesIn(text).join(' '), namesIn(other).join(' ')];
      return here === there ? [] : [`${key}: ${here} / ${there}`];
    });
    expect(differing).toEqual([]);
  });
});

describe('mergeMessages', () => {
  it('joins branches', () => {
    expect(mergeMessages({ a: { b: 'x' } }, { a: { c: 'y' }, d: 'z' })).toEqual({ a: { b: 'x', c: 'y' }, d: 'z' });
  });

  it.each<[name: string, left: MessageTree, right: MessageTree]>([
    ['two texts', { a: { b: 'x' } }, { a: { b: 'y' } }],
    ['a text and a branch', { a: { b: 'x' } }, { a: { b: { c: 'y' } } }],
  ])('refuses %s under one key, and names it', (_name, left, right) => {
    expect(() => mergeMessages(left, right)).toThrow('a.b');
  });
});

/** A list holds whole codes; a table holds the codes of its area, each with the values that the sentence may use. */
function readCodes(file: string, exported: unknown): { code: string; values: readonly string[] | null }[] {
  if (Array.isArray(exported)) return exported.map((code) => ({ code: String(code), values: null }));
  if (typeof exported !== 'object' || exported === null) return [];
  const area = basename(file).replace('-phrases.data.ts', '');
  return Object.entries(exported).map(([code, values]) => ({
    code: `${area}.${code}`,
    values: Array.isArray(values) ? values.map(String) : null,
  }));
}

const phraseFiles = readdirSync('lib/core', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('-phrases.data.ts'))
  .map((name) => join('lib/core', name));

it('finds the phrases that core can say', () => {
  expect(phraseFiles.length).toBeGreaterThan(0);
});

describe.each(phraseFiles)('%s', (file) => {
  it.each(LOCALES)('has a sentence for each code in %s, from the values that come with it', async (locale) => {
    const module: Record<string, unknown> = await import(join(process.cwd(), file));
    const codes = Object.values(module).flatMap((exported) => readCodes(file, exported));
    expect(codes.length).toBeGreaterThan(0);
    const wrong = codes.flatMap(({ code, values }) => {
      const text = textsOf(locale).get(`phrase.${code}`);
      if (text === undefined) return [`${code}: no sentence`];
      const unknown = namesIn(text).filter((name) => !name.startsWith('<') && values?.includes(name) === false);
      return unknown.length === 0 ? [] : [`${code}: no value for ${unknown.join(', ')}`];
    });
    expect(wrong).toEqual([]);
  });
});
