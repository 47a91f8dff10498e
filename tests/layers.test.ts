import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = process.cwd();

/** What each layer may import; what it does not name, it cannot import. */
const LAYERS: Readonly<Record<string, RegExp>> = {
  'lib/core': /^(\.\/|@\/lib\/core\/|(yaml|js-yaml|ipaddr\.js)$)/,
  'lib/api': /^(\.\/|@\/lib\/(core|api)\/|zod$)/,
  'lib/cluster': /^(\.\/|@\/lib\/(core|cluster)\/|server-only$|node:|zod$|js-yaml$|@kubernetes\/client-node$)/,
  'lib/http': /^(\.\/|@\/lib\/|server-only$|node:|zod$|pino$|prom-client$|next\/)/,
  'lib/worker': /^(\.\/|@\/lib\/(core|api|cluster|worker)\/|server-only$|node:)/,
  'lib/answers': /^(\.\/|@\/lib\/(core|api|cluster|worker|answers)\/|server-only$|zod$)/,
  'lib/i18n': /^(\.\/|@\/(lib\/i18n|messages)\/|node:|next-intl|next\/|server-only$)/,
  components:
    /^(\.\/|@\/(components|lib\/(core|api|i18n))\/|react$|react-dom|next\/|next-intl$|swr|@xyflow\/react|elkjs\/|codemirror$|@codemirror\/|radix-ui$|lucide-react$|cmdk$|nuqs|clsx$|@tanstack\/react-virtual$|zod$)/,
  app: /^(\.\/|@\/(components|lib)\/|react$|next$|next\/|next-intl|nuqs|zod$|server-only$|@xyflow\/react|@fontsource-variable\/)/,
  'demo/server':
    /^(\.\/|@\/(lib\/core\/kube|demo\/(server|certificates))\/|node:|fast-json-patch$|json-merge-patch$|js-yaml$)/,
  'demo/certificates': /^(\.\/|@\/demo\/certificates\/|node:|reflect-metadata$|@peculiar\/x509$)/,
  'demo/controllers': /^(\.\/|@\/(lib\/core|demo)\/|node:)/,
  'demo/scenarios': /^(\.\/|@\/(lib\/core|demo)\/|node:|js-yaml$)/,
  'demo/webhook': /^(\.\/|@\/(lib\/core|demo\/(webhook|certificates))\/|node:|fast-json-patch$|js-yaml$)/,
  testbed: /^(\.\/|@\/(testbed|demo|cli)\/|@\/lib\/(core\/kube|cluster)\/|node:|js-yaml$|zod$)/,
  'tests/conformance': /^(\.\/|@\/(demo|testbed|lib\/cluster)\/|node:|vitest$)/,
  // Reads files and speaks to people, as the screens do: YAML and the catalogs.
  cli: /^(\.\/|@\/(lib\/(core|cluster)|demo|cli|messages)\/|@\/package\.json$|node:|js-yaml$|next-intl$)/,
};

/** No layer may look up, and no folder may hide behind a barrel. */
const FORBIDDEN_IN_CORE: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['the clock', /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/],
  ['randomness', /\bMath\.random\(|\bcrypto\./],
  ['the process or the console', /(?<![.\w])(process|console)\./],
  ['timers', /\b(setTimeout|setInterval|queueMicrotask)\(/],
];

function sourceFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const statements =
    /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;
  return [...text.matchAll(statements)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

describe.each(Object.entries(LAYERS))('%s', (folder, allowed) => {
  const files = sourceFiles(folder);

  it('has source files, so that this gate looks at something', () => {
    expect(files.length).toBeGreaterThan(0);
  });

  it.each(files)('%s imports only what its layer allows', (file) => {
    expect(importsOf(file).filter((name) => !allowed.test(name) && !/\.(css|json)$/.test(name))).toEqual([]);
  });
});

describe('lib/core', () => {
  it.each(sourceFiles('lib/core'))('%s is pure', (file) => {
    const text = readFileSync(join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    expect(FORBIDDEN_IN_CORE.filter(([, pattern]) => pattern.test(text)).map(([what]) => what)).toEqual([]);
  });
});

describe('server-only', () => {
  const files = ['lib/cluster', 'lib/http', 'lib/answers'].flatMap(sourceFiles);
  it.each(files)('%s starts with import server-only', (file) => {
    const first = readFileSync(join(ROOT, file), 'utf8').split('\n')[0];
    expect(first === "import 'server-only';" || file.endsWith('.data.ts') || isPure(file)).toBe(true);
  });
});

/** A module without imports of its own layer's I/O may be used anywhere: it holds only pure functions and says so. */
function isPure(file: string): boolean {
  return readFileSync(join(ROOT, file), 'utf8').startsWith('/** Pure');
}

describe('every folder', () => {
  const files = ['lib', 'components', 'app', 'demo', 'testbed', 'cli', 'tests'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(folder, name)),
  );
  it.each(files)('%s has no barrel and no import that climbs', (file) => {
    expect(/(^|\/)index\.tsx?$/.test(file)).toBe(false);
    expect(importsOf(file).filter((name) => name.startsWith('../'))).toEqual([]);
  });
});
