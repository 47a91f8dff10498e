import type { InjectorTexts } from '@/lib/core/injection/open-injector';
import type { NamespaceRecord } from '@/lib/core/kube/records';
import type { Command } from './command';
import { InputError, UsageError } from './command';
import { explainObject, type FoundObject, readObjects } from './explain-manifests';
import { configurationRecords, contextOf, factsOf, namespaceOf, namespaceRecords, rendererOf } from './explain-sources';
import type { Explained } from './explained';
import { INJECTOR_FLAGS, INJECTOR_HELP, readInjectorTexts } from './injector-source';
import { parseFlags } from './parse-flags';
import { printExplanation, toJson } from './print-explanation';
import { readManifests } from './read-manifests';

const FLAGS = {
  ...INJECTOR_FLAGS,
  filename: { type: 'string', short: 'f', multiple: true },
  namespace: { type: 'string', short: 'n' },
  'namespace-file': { type: 'string' },
  'webhooks-file': { type: 'string' },
  output: { type: 'string', short: 'o', default: 'text' },
  expect: { type: 'string' },
  engine: { type: 'string', default: 'webhook' },
} as const;

const DIFFERS = 3;
const DEFAULT_NAMESPACE = 'default';

type Flags = ReturnType<typeof parseFlags<typeof FLAGS>>;

/** Words before the first flag: a kind and a name. */
function splitWords(args: readonly string[]): { readonly words: readonly string[]; readonly rest: readonly string[] } {
  const at = args.findIndex((word) => word.startsWith('-'));
  const end = at < 0 ? args.length : at;
  return { words: args.slice(0, end), rest: args.slice(end) };
}

const readFound = (paths: readonly string[]): readonly FoundObject[] => readObjects(readManifests(paths));

/** Offline, on files alone. */
async function explainFiles(paths: readonly string[], flags: Flags): Promise<readonly Explained[]> {
  const found = readFound(paths);
  const webhooks = flags['webhooks-file'] === undefined ? [] : readFound([flags['webhooks-file']]);
  const described = flags['namespace-file'] === undefined ? [] : readFound([flags['namespace-file']]);
  const configurations = configurationRecords([...webhooks, ...found]);
  if (flags['webhooks-file'] !== undefined && configurationRecords(webhooks).length === 0) {
    throw new InputError(
      `${flags['webhooks-file']}: no MutatingWebhookConfiguration here; kubectl get mutatingwebhookconfigurations -o yaml prints them`,
    );
  }
  const asksCluster = flags.kubeconfig !== undefined || flags.context !== undefined;
  if (configurations.length === 0) {
    if (asksCluster) return explainFilesAgainstCluster(found, flags);
    throw new UsageError('--webhooks-file is needed, or --kubeconfig or --context for a cluster to ask');
  }
  const texts = flags.injectConfigFile === undefined ? undefined : await readInjectorTexts(flags);
  const namespaces = namespaceRecords([...found, ...described]);
  const facts = factsOf(configurations, texts);
  return explainAll(found, {
    flags,
    described: namespaceRecords(described),
    explain: (object, name) =>
      explainObject(
        object,
        contextOf(name, namespaces, facts),
        rendererOf(() => texts),
      ),
  });
}

interface Explaining {
  readonly flags: Flags;
  /** Of `--namespace-file`: the first is the namespace of objects that name none. */
  readonly described: ReadonlyMap<string, NamespaceRecord>;
  readonly explain: (object: FoundObject, namespace: string) => Explained | undefined;
}

function explainAll(found: readonly FoundObject[], { flags, described, explain }: Explaining): readonly Explained[] {
  const [first] = described.keys();
  const fallback = flags.namespace ?? first ?? DEFAULT_NAMESPACE;
  const explained = found.flatMap((object) => explain(object, namespaceOf(object, fallback)) ?? []);
  if (explained.length === 0) {
    throw new InputError(
      `${found[0]?.file ?? '-'}: nothing here makes pods; give a Pod, Deployment, StatefulSet, DaemonSet, Job or CronJob`,
    );
  }
  return explained;
}

/** Files that are not applied yet, by what the cluster says now. */
async function explainFilesAgainstCluster(found: readonly FoundObject[], flags: Flags): Promise<readonly Explained[]> {
  const [{ readClusterFacts, readNamespace }, { openSession }] = await Promise.all([
    import('./explain-cluster'),
    import('./open-session'),
  ]);
  const session = openSession(flags);
  try {
    const { facts, texts, controlPlanes } = await readClusterFacts(session);
    const described = namespaceRecords(
      flags['namespace-file'] === undefined ? [] : readFound([flags['namespace-file']]),
    );
    const namespaces = new Map([...namespaceRecords(found), ...described]);
    const [first] = described.keys();
    const fallback = flags.namespace ?? first ?? DEFAULT_NAMESPACE;
    for (const name of new Set(found.map((object) => namespaceOf(object, fallback)))) {
      const read = namespaces.has(name) ? undefined : await readNamespace(session, name);
      if (read !== undefined) namespaces.set(name, read);
    }
    const render = rendererOf((revision) => texts.get(revision));
    return explainAll(found, {
      flags,
      described,
      explain: (object, name) => explainObject(object, contextOf(name, namespaces, facts), render, controlPlanes),
    });
  } finally {
    await session.close();
  }
}

/** One object of a cluster, or a namespace. */
async function explainNamed(words: readonly string[], flags: Flags): Promise<readonly Explained[]> {
  const [kindWord = '', name, ...others] = words.flatMap((word) => word.split('/'));
  if (name === undefined || others.length > 0) {
    throw new UsageError('give a kind and a name: explain pod NAME -n NAMESPACE');
  }
  const [{ readClusterFacts }, { explainLive, readKind }, { openSession }] = await Promise.all([
    import('./explain-cluster'),
    import('./explain-live'),
    import('./open-session'),
  ]);
  const kind = readKind(kindWord);
  const session = openSession(flags);
  try {
    const cluster = await readClusterFacts(session);
    const textsOf = (revision: string): InjectorTexts | undefined => cluster.texts.get(revision);
    const asked = { ...kind, name, namespace: flags.namespace ?? DEFAULT_NAMESPACE };
    return await explainLive(session, asked, cluster, rendererOf(textsOf));
  } finally {
    await session.close();
  }
}

/** Objects whose verdict is another one than expected; a namespace counts where it was asked for alone. */
function listUnexpected(explained: readonly Explained[], expected: string): readonly Explained[] {
  const workloads = explained.filter(({ kind }) => kind !== 'Namespace');
  return (workloads.length > 0 ? workloads : explained).filter(({ decision }) => decision !== expected);
}

export const explain: Command = {
  name: 'explain',
  summary: 'whether pods get a sidecar and why: every gate, what settled it, what would change it',
  help: `Usage: sidelight explain -f FILE --webhooks-file FILE [flags]
       sidelight explain pod|deployment|…|namespace NAME -n NAMESPACE [flags]

  -f, --filename FILE       a file, a folder, or - for standard input; repeatable
  --webhooks-file FILE      the cluster's MutatingWebhookConfigurations; they may stand in -f as well
  --namespace-file FILE     the Namespace, with its labels; it may stand in -f as well
  -n, --namespace NAME      the namespace of objects that name none (default)
  -o, --output WHAT         text (default) or json
  --expect VERDICT          injected or not-injected: exit code 3 when any verdict is another one
${INJECTOR_HELP.replace('kube-inject (default), or webhook: as istiod does at admission', 'webhook (default): as istiod does at admission')}
With --kubeconfig or --context and no --webhooks-file, files are explained by what that cluster says now.
Exit codes: 0 done, 1 the input is at fault, 2 usage, 3 a verdict is not the expected one.
`,
  async run(args) {
    const { words, rest } = splitWords(args);
    const flags = parseFlags(rest, FLAGS);
    const { output, expect, filename } = flags;
    if (output !== 'text' && output !== 'json') throw new UsageError(`-o "${output}" is neither text nor json`);
    if (expect !== undefined && expect !== 'injected' && expect !== 'not-injected') {
      throw new UsageError(`--expect "${expect}" is neither injected nor not-injected`);
    }
    if ((filename === undefined) === (words.length === 0)) {
      throw new UsageError('give either -f, or a kind and a name: explain pod NAME -n NAMESPACE');
    }
    const explained = filename === undefined ? await explainNamed(words, flags) : await explainFiles(filename, flags);
    const isColoured = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
    process.stdout.write(
      output === 'json'
        ? `${JSON.stringify(explained.map(toJson), null, 2)}\n`
        : explained.map((each) => printExplanation(each, isColoured)).join('\n'),
    );
    const unexpected = expect === undefined ? [] : listUnexpected(explained, expect);
    for (const { kind, namespace, name, decision } of unexpected) {
      process.stderr.write(`${kind} ${namespace}/${name}: ${decision}, expected ${expect}\n`);
    }
    return unexpected.length > 0 ? DIFFERS : 0;
  },
};
