import { writeFileSync } from 'node:fs';
import type { JsonValue } from '@/lib/core/injection/engine/json-types';
import { type InjectionEngine, type InjectorTexts, openInjector } from '@/lib/core/injection/open-injector';
import {
  type KnownInjector,
  type UninjectOutcome,
  uninjectDocuments,
} from '@/lib/core/injection/uninject/uninject-documents';
import { listUnknowns, type UninjectedPart } from '@/lib/core/injection/uninject/uninjected-pod';
import texts from '@/messages/en/uninject.json';
import type { Command } from './command';
import { InputError, UsageError } from './command';
import { INJECTOR_FLAGS, INJECTOR_HELP, readInjectorTexts } from './injector-source';
import { openPhrases } from './open-phrases';
import { parseFlags } from './parse-flags';
import { readManifests } from './read-manifests';

const FLAGS = {
  filename: { type: 'string', short: 'f', multiple: true },
  output: { type: 'string', short: 'o', default: 'yaml' },
  ...INJECTOR_FLAGS,
  engine: { type: 'string' },
} as const;

type Flags = ReturnType<typeof parseFlags<typeof FLAGS>>;

const ENGINES: readonly InjectionEngine[] = ['webhook', 'kube-inject'];
const sayPart = openPhrases(texts);

/** The injectors that may have done it: the one that is asked for, else both kinds of one configuration. */
async function openInjectors(flags: Flags): Promise<readonly KnownInjector[]> {
  const { injectConfigFile, kubeconfig, context, revision, engine } = flags;
  if ([injectConfigFile, kubeconfig, context].every((each) => each === undefined) && revision === '') return [];
  const read = await readInjectorTexts({ ...flags, engine: engine ?? 'webhook' });
  const engines = engine === undefined ? ENGINES : [read.engine];
  return environmentsOf(read).flatMap((istiodEnv) =>
    engines.map((each): KnownInjector => {
      const opened = openInjector({ ...read, istiodEnv, engine: each });
      if (!opened.ok) throw new InputError(`the injector's configuration: ${opened.message}`);
      return { injector: opened.value, engine: each };
    }),
  );
}

const NATIVE_VARIABLE = 'ENABLE_NATIVE_SIDECARS';

/** Templates up to 1.26 read istiod's environment for the form of the sidecar; where it is not known, both are tried. */
function environmentsOf({ istiodEnv = {} }: InjectorTexts): readonly NonNullable<InjectorTexts['istiodEnv']>[] {
  return istiodEnv[NATIVE_VARIABLE] === undefined
    ? [istiodEnv, { ...istiodEnv, [NATIVE_VARIABLE]: 'true' }]
    : [istiodEnv];
}

const asText = (value: JsonValue) => (value === null ? 'nothing' : JSON.stringify(value));

function possibilities({ alternatives = [] }: UninjectedPart): string {
  return alternatives.length === 0 ? '' : ` Possible: ${alternatives.map(asText).join(', ')}.`;
}

/** One line for each part that cannot be known, and one where the proof failed. */
function warningsOf(path: string, { line, objectKind, name, result }: UninjectOutcome): readonly string[] {
  if (result === undefined) return [];
  const object = `${path}:${line}: ${objectKind} "${name}"`;
  const unknown = listUnknowns(result.parts).map(
    (part) => `${object}: ${part.path}: unknown. ${sayPart(part.because)}${possibilities(part)}`,
  );
  const differences = result.differences.slice(0, MOST_NAMED).join(', ');
  switch (result.verified) {
    case 'different':
      return [...unknown, `${object}: injecting the result with this configuration gives another pod: ${differences}`];
    case 'refused':
      return [...unknown, `${object}: this configuration would not inject the result`];
    case 'same':
    case 'none':
      return unknown;
  }
}

const MOST_NAMED = 5;

function toJson(file: string, outcome: UninjectOutcome) {
  const { number, line, objectKind: kind, name, namespace, result, object } = outcome;
  const parts = (result?.parts ?? []).map(({ because, ...part }) => ({ ...part, because: sayPart(because) }));
  const { verified, differences } = result ?? {};
  return {
    file,
    document: number,
    line,
    kind,
    name,
    namespace,
    outcome: outcome.kind,
    verified,
    differences,
    parts,
    object,
  };
}

export const uninject: Command = {
  name: 'uninject',
  summary: 'pods and workloads as they were before injection, each part with how sure it is',
  help: `Usage: sidelight uninject -f FILE [flags]

  -f, --filename FILE       a file, a folder, or - for standard input; repeatable
  -o, --output WHAT         yaml (default), json: every part with its certainty, or a file for the YAML

What a pod alone does not tell, the configuration of the injector does; with it the result is injected again and compared.
It is read only where one of these flags is given:
${INJECTOR_HELP.replace('kube-inject (default), or webhook: as istiod does at admission', 'kube-inject or webhook; both are tried where it is not given')}
What injection destroyed is named on standard error, one line for each part. Exit code 1 when a document cannot be read.
`,
  async run(args) {
    const flags = parseFlags(args, FLAGS);
    if (flags.filename === undefined) throw new UsageError('-f is needed: a file, a folder, or - for standard input');
    const known = await openInjectors(flags);
    const done = readManifests(flags.filename).map(({ path, text }) => ({ path, ...uninjectDocuments(text, known) }));
    const faults = done.flatMap(({ path, outcomes }) =>
      outcomes.flatMap(({ line, objectKind, name, fault }) => {
        const object = objectKind === '' ? '' : ` ${objectKind} "${name}":`;
        return fault === undefined ? [] : [`${path}:${line}:${object} ${fault.replaceAll(/\s*\n\s*/g, ' ').trim()}`];
      }),
    );
    if (faults.length > 0) {
      process.stderr.write(`${faults.join('\n')}\n`);
      return 1;
    }
    const warnings = done.flatMap(({ path, outcomes }) => outcomes.flatMap((outcome) => warningsOf(path, outcome)));
    for (const warning of warnings) process.stderr.write(`${warning}\n`);
    const objects = done.flatMap(({ path, outcomes }) => outcomes.map((outcome) => toJson(path, outcome)));
    const yaml = done.map(({ output }) => output).join('');
    if (flags.output === 'json') process.stdout.write(`${JSON.stringify({ objects }, null, 2)}\n`);
    else if (flags.output === 'yaml') process.stdout.write(yaml);
    else writeFileSync(flags.output, yaml);
    return 0;
  },
};
