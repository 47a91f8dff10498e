import { writeFileSync } from 'node:fs';
import { isObject, objectAt, textAt, textsOf } from '@/lib/core/injection/engine/json-types';
import { parsePlainYaml } from '@/lib/core/injection/engine/kube-yaml';
import {
  injectByWebhook,
  type ManifestNamespace,
  type ManifestsResult,
  toManifestsResult,
} from '@/lib/core/injection/inject-manifests';
import { openInjector } from '@/lib/core/injection/open-injector';
import type { Command } from './command';
import { InputError, UsageError } from './command';
import { INJECTOR_FLAGS, INJECTOR_HELP, readInjectorTexts } from './injector-source';
import { parseFlags } from './parse-flags';
import { readInput, readManifests } from './read-manifests';

const FLAGS = {
  filename: { type: 'string', short: 'f', multiple: true },
  output: { type: 'string', short: 'o' },
  'namespace-file': { type: 'string' },
  ...INJECTOR_FLAGS,
} as const;

/** From here on a terminal is shown how far it is. */
const PROGRESS_FROM = 50;

function readNamespace(path: string | undefined): ManifestNamespace {
  if (path === undefined) return { name: 'default', annotations: {} };
  const parsed = parsePlainYaml(readInput(path));
  if (!parsed.ok) throw new InputError(`${path}:${parsed.fault.line ?? 1}: ${parsed.fault.message}`);
  const metadata = isObject(parsed.value) ? objectAt(parsed.value, 'metadata') : {};
  if (textAt(metadata, 'name') === '') throw new InputError(`${path}: this is no Namespace: metadata.name is missing`);
  return { name: textAt(metadata, 'name'), annotations: textsOf(metadata.annotations) };
}

/** One line for each object that is refused: file, place, object, and what the injector says. */
function faultsOf(path: string, { outcomes }: ManifestsResult): string[] {
  return outcomes.flatMap((outcome) => {
    if (outcome.kind !== 'refused') return [];
    const object = outcome.objectKind === '' ? `document ${outcome.number}` : `${outcome.objectKind} "${outcome.name}"`;
    return outcome.reasons.map(
      ({ text }) => `${path}:${outcome.line}: ${object}: ${text.replaceAll(/\s*\n\s*/g, ' ').trim()}`,
    );
  });
}

export const inject: Command = {
  name: 'inject',
  summary: 'what injection makes of manifests, as istioctl kube-inject or the cluster would do it',
  help: `Usage: sidelight inject -f FILE [flags]

  -f, --filename FILE       a file, a folder, or - for standard input; repeatable
  -o, --output FILE         where the result goes instead of stdout
  --namespace-file FILE     the Namespace of objects that name none, with its annotations
${INJECTOR_HELP}
Exit code 1 when an object is refused: one line for each, and no result.
`,
  async run(args) {
    const flags = parseFlags(args, FLAGS);
    if (flags.filename === undefined) throw new UsageError('-f is needed: a file, a folder, or - for standard input');
    const texts = await readInjectorTexts(flags);
    const opened = openInjector(texts);
    if (!opened.ok) throw new InputError(`the injector's configuration: ${opened.message}`);
    const injector = opened.value;
    const namespace = readNamespace(flags['namespace-file']);
    const files = readManifests(flags.filename);
    const faults: string[] = [];
    const written: string[] = [];
    for (const [index, { path, text }] of files.entries()) {
      const result =
        texts.engine === 'webhook'
          ? injectByWebhook(injector, text, namespace)
          : toManifestsResult(injector, injector.injectDocuments(text));
      for (const warning of result.warnings) process.stderr.write(`${warning}\n`);
      faults.push(...faultsOf(path, result));
      written.push(result.output);
      if (files.length > PROGRESS_FROM && process.stderr.isTTY)
        process.stderr.write(`\r${index + 1} of ${files.length} files`);
    }
    if (files.length > PROGRESS_FROM && process.stderr.isTTY) process.stderr.write('\n');
    if (faults.length > 0) {
      process.stderr.write(`${faults.join('\n')}\n`);
      return 1;
    }
    if (flags.output === undefined) process.stdout.write(written.join(''));
    else writeFileSync(flags.output, written.join(''));
    return 0;
  },
};
