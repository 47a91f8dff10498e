import { decideNative } from '@/lib/core/injection/decide-native';
import type { InjectionEngine, InjectorTexts } from '@/lib/core/injection/open-injector';
import { readConfigFile, readMeshFile } from '@/lib/core/injection/read-config-file';
import { InputError, UsageError } from './command';
import { readInput } from './read-manifests';

export const INJECTOR_FLAGS = {
  injectConfigFile: { type: 'string' },
  valuesFile: { type: 'string' },
  meshConfigFile: { type: 'string' },
  revision: { type: 'string', default: '' },
  istioNamespace: { type: 'string', default: 'istio-system' },
  'istio-version': { type: 'string' },
  engine: { type: 'string', default: 'kube-inject' },
  'native-sidecars': { type: 'string' },
  'istiod-env': { type: 'string', multiple: true },
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
} as const;

export const INJECTOR_HELP = `  --injectConfigFile FILE   the injector's configuration: a ConfigMap, its key "config", or a template
  --valuesFile FILE         its key "values"; not needed where the ConfigMap holds it
  --meshConfigFile FILE     the mesh's configuration: a ConfigMap or its key "mesh"
  --revision NAME           read both from the cluster for this revision (the default one), and write it into pods
  --istioNamespace NAME     where the cluster has them (istio-system)
  --istio-version VERSION   the release to be true to (the values' image tag, else the newest)
  --engine ENGINE           kube-inject (default), or webhook: as istiod does at admission
  --native-sidecars BOOL    true or false instead of what istiod's environment and the nodes say
  --istiod-env KEY=VALUE    a variable of istiod's environment; repeatable
  --kubeconfig, --context   the cluster to read from, where no file is given
`;

interface InjectorFlags {
  readonly injectConfigFile?: string | undefined;
  readonly valuesFile?: string | undefined;
  readonly meshConfigFile?: string | undefined;
  readonly revision: string;
  readonly istioNamespace: string;
  readonly 'istio-version'?: string | undefined;
  readonly engine: string;
  readonly 'native-sidecars'?: string | undefined;
  readonly 'istiod-env'?: readonly string[] | undefined;
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
}

/** The injector that the flags describe: from files, else from the cluster. */
export async function readInjectorTexts(flags: InjectorFlags): Promise<InjectorTexts> {
  const engine = readEngine(flags.engine);
  const env = readEnvironment(flags['istiod-env'] ?? []);
  const native = readSwitch(flags['native-sidecars']);
  const version = flags['istio-version'];
  const base = { engine, revision: flags.revision, ...(version === undefined ? {} : { version }) };
  if (flags.injectConfigFile === undefined) {
    const read = await readFromCluster(flags);
    const istiodEnv = { ...read.istiodEnv, ...env };
    const { config, values, mesh, kubeletVersions } = read;
    return {
      ...base,
      config,
      values,
      mesh,
      istiodEnv,
      nativeSidecars: native ?? decideNative({ ...base, values, istiodEnv, kubeletVersions }),
    };
  }
  const given = readFiles(flags, engine);
  return {
    ...base,
    ...given,
    istiodEnv: env,
    nativeSidecars: native ?? decideNative({ ...base, values: given.values, istiodEnv: env }),
  };
}

function readFiles({ injectConfigFile = '', valuesFile, meshConfigFile }: InjectorFlags, engine: InjectionEngine) {
  const given = readConfigFile(readInput(injectConfigFile), engine);
  if (!given.ok) throw new InputError(`${injectConfigFile}: ${given.message}`);
  const values = valuesFile === undefined ? given.value.values : readInput(valuesFile);
  if (values === undefined) {
    throw new UsageError(`--valuesFile is needed: ${injectConfigFile} is no ConfigMap that holds the values as well`);
  }
  const mesh = meshConfigFile === undefined ? '' : readMeshFile(readInput(meshConfigFile));
  return { config: given.value.config, values, mesh };
}

async function readFromCluster(flags: InjectorFlags) {
  // Loaded only when a cluster is asked: half of the command's code.
  const [{ readInjector }, { openSession }] = await Promise.all([
    import('@/lib/cluster/read-injector'),
    import('./open-session'),
  ]);
  const session = openSession(flags);
  try {
    return await readInjector(session, flags.revision, flags.istioNamespace);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError(`${why} Without a cluster, give --injectConfigFile, --valuesFile and --meshConfigFile.`);
  } finally {
    await session.close();
  }
}

function readEngine(text: string): InjectionEngine {
  if (text === 'kube-inject' || text === 'webhook') return text;
  throw new UsageError(`--engine "${text}" is neither kube-inject nor webhook`);
}

function readSwitch(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (text === 'true' || text === 'false') return text === 'true';
  throw new UsageError(`--native-sidecars "${text}" is neither true nor false`);
}

function readEnvironment(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=');
      if (at <= 0) throw new UsageError(`--istiod-env "${word}" is not KEY=VALUE`);
      return [word.slice(0, at), word.slice(at + 1)];
    }),
  );
}
