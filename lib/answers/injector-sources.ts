import 'server-only';
import type { OfferedInjector } from '@/lib/api/inject';
import { ClusterError, isClusterError } from '@/lib/cluster/cluster-error';
import { readInjector } from '@/lib/cluster/read-injector';
import type { ClusterSession } from '@/lib/cluster/session';
import { renderInWorker } from '@/lib/worker/render-in-worker';
import type { RevisionSource } from '@/lib/worker/render-job';
import { modelOf } from './injection-model';

const DEFAULT_NAMESPACE = 'istio-system';

type Plane = Pick<OfferedInjector, 'revision' | 'tags' | 'namespace'> & { readonly version: string };

/** The injectors of a cluster's revisions as texts, and of each the last that was usable. */
export class InjectorSources {
  readonly #session: ClusterSession;
  readonly #lastGood = new Map<string, RevisionSource>();

  constructor(session: ClusterSession) {
    this.#session = session;
  }

  /** Every revision of the cluster, each with whether its injector can be used now. */
  async offer(signal?: AbortSignal): Promise<OfferedInjector[]> {
    const planes = await this.#planes();
    return Promise.all(planes.map((plane) => this.#offerOne(plane, signal)));
  }

  /** The configuration that stands in the cluster now. Throws a ClusterError where there is none or it may not be read. */
  async read(revision: string, signal?: AbortSignal): Promise<RevisionSource> {
    const plane = (await this.#planes()).find((each) => each.revision === revision);
    if (plane === undefined) {
      throw new ClusterError('not-found', `This cluster has no control plane of revision "${revision}".`);
    }
    return this.#readPlane(plane, signal);
  }

  /** The configuration that was usable before, where it was another. */
  previous(source: RevisionSource): RevisionSource | undefined {
    const known = this.#lastGood.get(source.revision);
    return known === undefined || isSame(known, source) ? undefined : known;
  }

  keep(source: RevisionSource): void {
    this.#lastGood.set(source.revision, source);
  }

  async #planes(): Promise<readonly Plane[]> {
    const model = modelOf(this.#session);
    await model.warm();
    return model.controlPlanes().map(({ revision, tags, namespace, version }) => ({
      revision,
      tags: [...tags],
      namespace: namespace === '' ? DEFAULT_NAMESPACE : namespace,
      version,
    }));
  }

  async #readPlane({ revision, namespace }: Plane, signal?: AbortSignal): Promise<RevisionSource> {
    return { kind: 'revision', revision, ...(await readInjector(this.#session, revision, namespace, signal)) };
  }

  async #offerOne({ version, ...plane }: Plane, signal?: AbortSignal): Promise<OfferedInjector> {
    const unknown = { ...plane, release: version, nativeSidecars: false } as const;
    let source: RevisionSource;
    try {
      source = await this.#readPlane({ ...plane, version }, signal);
    } catch (error) {
      return { ...unknown, state: 'unusable', problem: toProblem(error) };
    }
    const checked = await renderInWorker({ kind: 'check', source }, signal);
    if (checked.kind === 'checked') {
      this.keep(source);
      const release = version === '' ? checked.release : version;
      return { ...plane, release, nativeSidecars: checked.nativeSidecars, state: 'usable' };
    }
    const message = checked.kind === 'faulty' ? checked.message : '';
    const state = this.previous(source) === undefined ? 'unusable' : 'previous';
    return { ...unknown, state, problem: { code: 'invalid', message } };
  }
}

function isSame(one: RevisionSource, two: RevisionSource): boolean {
  return one.config === two.config && one.values === two.values && one.mesh === two.mesh;
}

function toProblem(error: unknown): NonNullable<OfferedInjector['problem']> {
  if (!isClusterError(error)) throw error;
  const { code, message } = error;
  return { code: code === 'not-found' || code === 'forbidden' ? code : 'failed', message };
}

declare global {
  // A server build holds several copies of this module; the last good configurations must be one per session.
  var sidelightInjectorSources: WeakMap<ClusterSession, InjectorSources> | undefined;
}

export function injectorSourcesOf(session: ClusterSession): InjectorSources {
  globalThis.sidelightInjectorSources ??= new WeakMap();
  const known = globalThis.sidelightInjectorSources.get(session);
  if (known !== undefined) return known;
  const sources = new InjectorSources(session);
  globalThis.sidelightInjectorSources.set(session, sources);
  return sources;
}
