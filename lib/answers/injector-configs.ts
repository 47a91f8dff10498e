import 'server-only';
import { readObject } from '@/lib/cluster/read-object';
import type { ClusterSession } from '@/lib/cluster/session';
import {
  type InjectorConfig,
  isInjectorConfigMap,
  parseInjectorConfig,
} from '@/lib/core/injection/parse-injector-config';
import type { MetadataRecord } from '@/lib/core/kube/records';

interface Read {
  readonly resourceVersion: string;
  readonly config?: InjectorConfig;
  readonly problem?: string;
}

/**
 * The injectors' settings: their ConfigMaps, read in full when they appear or change, and only then.
 *
 * One that does not parse leaves the settings read before in force, as istiod does, and the problem is told.
 */
export class InjectorConfigs {
  readonly #session: ClusterSession;
  readonly #onChange: () => void;
  readonly #read = new Map<string, Read>();
  #byRevision: ReadonlyMap<string, InjectorConfig> = new Map();
  #running: Promise<void> | undefined;
  #again = false;

  constructor(session: ClusterSession, onChange: () => void) {
    this.#session = session;
    this.#onChange = onChange;
  }

  byRevision(): ReadonlyMap<string, InjectorConfig> {
    return this.#byRevision;
  }

  /** ConfigMaps that could not be read or parsed, each with one line. */
  problems(): readonly { readonly configMap: string; readonly message: string }[] {
    return [...this.#read].flatMap(([configMap, { problem }]) =>
      problem === undefined ? [] : [{ configMap, message: problem }],
    );
  }

  /** Reads what changed since; calls made meanwhile are answered by one more round. Resolves when none is under way. */
  refresh(): Promise<void> {
    if (this.#running !== undefined) this.#again = true;
    this.#running ??= this.#rounds().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #rounds(): Promise<void> {
    do {
      this.#again = false;
      await this.#round();
    } while (this.#again);
  }

  async #round(): Promise<void> {
    const wanted = this.#session.store.list('configmaps').filter(({ name }) => isInjectorConfigMap(name));
    const keys = new Set(wanted.map(keyOf));
    let changed = false;
    for (const key of [...this.#read.keys()]) if (!keys.has(key)) changed = this.#read.delete(key) || changed;
    for (const record of wanted) {
      const before = this.#read.get(keyOf(record));
      if (before?.resourceVersion === record.resourceVersion) continue;
      const now = await this.#readOne(record);
      this.#read.set(keyOf(record), now);
      changed ||= before === undefined || before.config !== now.config || before.problem !== now.problem;
    }
    if (!changed) return;
    const configs = [...this.#read.values()].flatMap(({ config }) => config ?? []);
    this.#byRevision = new Map(configs.map((config) => [config.revision, config]));
    this.#onChange();
  }

  async #readOne(record: MetadataRecord): Promise<Read> {
    const { resourceVersion } = record;
    const before = this.#read.get(keyOf(record))?.config;
    const kept = before === undefined ? {} : { config: before };
    try {
      const body = await readObject(this.#session, 'configmaps', record.namespace, record.name);
      const parsed = parseInjectorConfig({ ...record, body });
      return parsed.ok
        ? { resourceVersion, config: parsed.value }
        : { resourceVersion, ...kept, problem: parsed.message };
    } catch (error) {
      // Of no version, so that the next round reads it again.
      return { resourceVersion: '', ...kept, problem: error instanceof Error ? error.message : String(error) };
    }
  }
}

function keyOf({ namespace, name }: MetadataRecord): string {
  return `${namespace}/${name}`;
}
