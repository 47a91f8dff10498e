import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NodeKind } from './graph-types';

const FOLDER = join(process.cwd(), 'lib/core/graph');
const SUBTITLES: readonly NodeKind[] = ['absent', 'external', 'gateway', 'host', 'namespace', 'service', 'workload'];

/** Codes that the sources write out; those put together from a kind are listed above. */
const codes = [
  ...new Set([
    ...readdirSync(FOLDER)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .flatMap((name) => readFileSync(join(FOLDER, name), 'utf8').match(/(?<=')graph\.[a-z]+\.[a-z-]+(?=')/g) ?? []),
    ...SUBTITLES.map((kind) => `graph.subtitle.${kind}`),
  ]),
].sort();

const textOf = (catalog: unknown, code: string): unknown =>
  ['phrase', ...code.split('.')].reduce<unknown>(
    (branch, key) => (branch as Record<string, unknown> | undefined)?.[key],
    catalog,
  );

const catalogs = ['en', 'zh-CN'].map(
  (locale) => [locale, JSON.parse(readFileSync(join(process.cwd(), `messages/${locale}/graph.json`), 'utf8'))] as const,
);

describe.each(catalogs)('%s', (_locale, catalog) => {
  it.each(codes)('has a sentence for %s', (code) => {
    expect(textOf(catalog, code)).toEqual(expect.any(String));
  });

  it('has no sentence that nothing says', () => {
    const branches = (catalog as { phrase: { graph: Record<string, Record<string, string>> } }).phrase.graph;
    const held = Object.entries(branches).flatMap(([part, texts]) =>
      Object.keys(texts).map((key) => `graph.${part}.${key}`),
    );
    expect(held.sort()).toEqual(codes);
  });
});

it('looks at codes that the graph really uses', () => {
  expect(codes.length).toBeGreaterThan(20);
});
