import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captureOutput } from '@/tests/capture-output';
import { inject } from './inject';
import { runCommand } from './run-command';

const GOLDENS = join(process.env.SIDELIGHT_VECTORS ?? '../shared', 'goldens');
/** A process each: a sample of the goldens, which goldens.test.ts runs all of. */
const EVERY = 12;
const folder = mkdtempSync(join(tmpdir(), 'sidelight-launcher-'));
const at = (...names: string[]) => join(folder, ...names);
const launcher = at('bin', 'sidelight');
const snapshot = at('dist', 'inject');

function build(): void {
  const made = spawnSync(process.execPath, ['bin/build-snapshot.mjs', snapshot], { encoding: 'utf8' });
  expect(made).toMatchObject({ status: 0, stderr: '' });
}

beforeAll(() => {
  for (const name of ['bin', 'dist', 'dist/cli']) mkdirSync(at(name));
  copyFileSync('bin/sidelight', launcher);
  writeFileSync(at('package.json'), '{"type":"module"}');
  // The program without the snapshot says what it was asked.
  const plain = "process.stdout.write('plain ' + process.argv.slice(2).join(' ')); process.exitCode = 7;";
  writeFileSync(at('dist', 'cli', 'main.js'), plain);
  writeFileSync(at('config.yaml'), 'templates:\n  sidecar: |\n    metadata:\n      labels: {a: b}\n');
  writeFileSync(at('values.yaml'), 'global: {}\n');
  writeFileSync(at('pod.yaml'), 'kind: Pod\napiVersion: v1\nmetadata: {name: a}\nspec: {containers: []}\n');
  build();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const FILES = ['--injectConfigFile', at('config.yaml'), `--valuesFile=${at('values.yaml')}`];
const INJECT = ['inject', '-f', 'pod.yaml', ...FILES];
const { NODE_OPTIONS: _options, ...plainEnv } = process.env;

function launch(words: readonly string[], { env = {}, program = launcher, input = '' } = {}) {
  const run = spawnSync(program, words, { cwd: folder, env: { ...plainEnv, ...env }, encoding: 'utf8', input });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

/** The same command in this process. */
const runHere = (words: readonly string[]) => captureOutput(() => runCommand(inject, words));

describe('bin/sidelight', () => {
  it('injects from the snapshot where files are given', () => {
    expect(launch(INJECT)).toMatchObject({ code: 0, err: '', out: expect.stringContaining('a: b') });
    const piped = ['inject', '-f', '-', ...FILES];
    expect(launch(piped, { input: readFileSync(at('pod.yaml'), 'utf8') })).toEqual(launch(INJECT));
  });

  it.each([
    [
      'a fault of the input',
      ['inject', '-f', 'none.yaml', ...FILES],
      1,
      /^sidelight inject: none\.yaml: there is no such file/,
    ],
    [
      'a wrong flag',
      [...INJECT, '--nope'],
      2,
      /^sidelight inject: .*'--nope'\nsidelight inject --help explains the flags\n$/,
    ],
  ])('says as ever what is wrong: %s', async (_what, words, code, message) => {
    const answer = launch(words);
    expect(answer).toMatchObject({ code, out: '', err: expect.stringMatching(message) });
    expect(await runHere(words.slice(1))).toEqual(answer);
  });

  it.each<[what: string, words: readonly string[], env: Record<string, string>]>([
    ['other commands', ['start', '--port', '1 2'], {}],
    ['no command', [], {}],
    ['what a cluster is asked for', ['inject', '-f', 'pod.yaml'], {}],
    ['flags for Node', INJECT, { NODE_OPTIONS: '--max-old-space-size=200' }],
  ])('leaves %s to the program itself', (_what, words, env) => {
    expect(launch(words, { env })).toEqual({ code: 7, out: `plain ${words.join(' ')}`, err: '' });
  });

  it('is a module as well', () => {
    expect(launch([launcher, ...INJECT], { program: process.execPath })).toMatchObject({ code: 7, err: '' });
  });

  it('does without the snapshot of another Node, and without a broken one', () => {
    writeFileSync(join(snapshot, 'node'), '/usr/bin/env\nv0.0.0\n');
    expect(launch(INJECT)).toEqual({ code: 7, out: `plain ${INJECT.join(' ')}`, err: '' });
    writeFileSync(join(snapshot, 'node'), `${process.execPath}\n`);
    rmSync(join(snapshot, 'snapshot.blob'));
    expect(launch(INJECT)).toMatchObject({ code: 7, out: `plain ${INJECT.join(' ')}` });
    build();
    expect(launch(INJECT).code).toBe(0);
  }, 60_000);
});

const releases = existsSync(GOLDENS) ? readdirSync(GOLDENS).filter((name) => !name.endsWith('.md')) : [];
const goldens = releases.flatMap((release) =>
  readdirSync(join(GOLDENS, release, 'cases'))
    .filter((name) => name.includes('.kube-inject'))
    .filter((_name, index) => index % EVERY === 0)
    .map((name) => [release, name] as const),
);

describe.skipIf(goldens.length === 0)(`the snapshot on the goldens of ${GOLDENS}`, () => {
  it.each(goldens)('%s %s', async (release, name) => {
    const read = (...path: string[]) => readFileSync(join(GOLDENS, release, ...path), 'utf8');
    const { input, config, nativeSidecars } = JSON.parse(read('cases', name));
    const templates = readdirSync(join(GOLDENS, release, 'config', config, 'templates')).map((template) => [
      template.replace(/\.yaml$/, ''),
      read('config', config, 'templates', template),
    ]);
    const settings = { ...JSON.parse(read('config', config, 'config.json')), templates: Object.fromEntries(templates) };
    writeFileSync(at('input.yaml'), input);
    writeFileSync(at('golden.json'), JSON.stringify(settings));
    writeFileSync(at('values.json'), read('config', config, 'values.json'));
    writeFileSync(at('mesh.yaml'), read('config', config, 'mesh.yaml'));
    const words = [
      ...['-f', at('input.yaml'), '--injectConfigFile', at('golden.json'), '--valuesFile', at('values.json')],
      ...['--meshConfigFile', at('mesh.yaml'), '--native-sidecars', String(nativeSidecars), '--istio-version', release],
    ];
    expect(launch(['inject', ...words])).toEqual(await runHere(words));
  });
});
