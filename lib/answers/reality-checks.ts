import 'server-only';
import { toClusterError } from '@/lib/cluster/cluster-error';
import { readProxyConfigs } from '@/lib/cluster/read-proxy-configs';
import type { ClusterSession } from '@/lib/cluster/session';
import type { Renderings } from '@/lib/core/injection/classify-workload';
import type { RenderingSubject } from '@/lib/core/injection/reality/check-rendering';
import type { RenderingCheck } from '@/lib/core/injection/reality/rendering-check';
import { listWantedChecks, nextKey, podKey, type WantedCheck } from '@/lib/core/injection/reality/wanted-checks';
import { say } from '@/lib/core/injection/say';
import type { NamespaceSummary } from '@/lib/core/injection/summarize-namespace';
import { renderInWorker } from '@/lib/worker/render-in-worker';
import type { RevisionSource } from '@/lib/worker/render-job';
import { injectorSourcesOf } from './injector-sources';
import { readSubject } from './read-subject';

/** Small, so that whoever waits for the rendering thread gets in between. */
const BATCH = 25;
const AT_ONCE = 4;
/** Browsers read anew what is announced, so it is not done for every batch. */
const TOLD_TOGETHER = 10 * BATCH;
/** A settled answer leaves the thread to others for a moment. */
const PAUSE_MS = 20;

interface RevisionChecks {
  /** Of the ConfigMaps and Deployment that the injector goes by. */
  readonly version: string;
  readonly byKey: Map<string, RenderingCheck>;
  source?: RevisionSource;
  /** Why nothing can be rendered. */
  problem?: string;
}

/**
 * What rendering shows of the pods of a cluster: each template once for every injector, in the rendering thread, a few
 * at a time, and again only for what changed.
 */
export class RealityChecks {
  readonly #session: ClusterSession;
  readonly #namespaceOf: () => ReadonlyMap<string, string>;
  readonly #byRevision = new Map<string, RevisionChecks>();
  #sweeping: Promise<void> | undefined;
  #again = false;

  /** `namespaceOf` tells in which namespace the control plane of each revision is. */
  constructor(session: ClusterSession, namespaceOf: () => ReadonlyMap<string, string>) {
    this.#session = session;
    this.#namespaceOf = namespaceOf;
  }

  /** What is known so far. */
  readonly renderings: Renderings = {
    ofPod: (pod, revision) => this.#find(revision, podKey(pod)),
    ofNext: (workload, revision) => {
      const key = nextKey(workload);
      return key === undefined ? undefined : this.#find(revision, key);
    },
  };

  #find(revision: string, key: string): RenderingCheck | undefined {
    const checks = this.#byRevision.get(revision);
    if (checks?.problem !== undefined) {
      return unreadable(checks.problem);
    }
    return checks?.byKey.get(key);
  }

  /** Renders what is not rendered yet; a call made meanwhile is answered by one more round. */
  sweep(summaries: () => readonly NamespaceSummary[]): Promise<void> {
    if (this.#sweeping !== undefined) this.#again = true;
    this.#sweeping ??= this.#rounds(summaries).finally(() => {
      this.#sweeping = undefined;
    });
    return this.#sweeping;
  }

  /** Renders these now, before all others. */
  async ensure(wanted: readonly WantedCheck[]): Promise<void> {
    const versions = this.#versions();
    const open = wanted.filter((each) => !this.#isKnown(each, versions));
    if (open.length === 0) return;
    await this.#checkAll(open, versions);
    this.#announce(open, versions);
  }

  async #rounds(summaries: () => readonly NamespaceSummary[]): Promise<void> {
    do {
      this.#again = false;
      const versions = this.#versions();
      const open = summaries()
        .flatMap(({ workloads }) => workloads.flatMap(listWantedChecks))
        .filter((each) => !this.#isKnown(each, versions));
      const once = [...new Map(open.map((each) => [`${each.revision} ${each.key}`, each])).values()];
      let told = 0;
      for (let at = 0; at < once.length && !this.#session.signal.aborted; at += BATCH) {
        const batch = once.slice(at, at + BATCH);
        await this.#checkAll(batch, versions);
        const isDue = (at + BATCH) % TOLD_TOGETHER === 0 || at + BATCH >= once.length;
        if (isDue) this.#announce(once.slice(told, at + BATCH), versions);
        if (isDue) told = at + BATCH;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    } while (this.#again && !this.#session.signal.aborted);
  }

  #isKnown({ revision, key }: WantedCheck, versions: ReadonlyMap<string, string>): boolean {
    const checks = this.#byRevision.get(revision);
    if (checks === undefined || checks.version !== (versions.get(revision) ?? '')) return false;
    return checks.problem !== undefined || checks.byKey.has(key);
  }

  async #checkAll(wanted: readonly WantedCheck[], versions: ReadonlyMap<string, string>): Promise<void> {
    for (const revision of new Set(wanted.map((each) => each.revision))) {
      const ofRevision = wanted.filter((each) => each.revision === revision);
      const checks = await this.#open(revision, versions.get(revision) ?? '');
      if (checks.source !== undefined) await this.#compare(checks, checks.source, ofRevision);
    }
  }

  /** The injector of a revision, read again only when something that it goes by changed. */
  async #open(revision: string, version: string): Promise<RevisionChecks> {
    const known = this.#byRevision.get(revision);
    if (known?.version === version) return known;
    const fresh: RevisionChecks = { version, byKey: new Map() };
    try {
      const source = await injectorSourcesOf(this.#session).read(revision, this.#session.signal);
      const proxyConfigs = await readProxyConfigs(this.#session, 'all', this.#session.signal).catch(() => []);
      fresh.source = { ...source, proxyConfigs };
    } catch (error) {
      fresh.problem = toClusterError(error).message;
    }
    this.#byRevision.set(revision, fresh);
    return fresh;
  }

  async #compare(checks: RevisionChecks, source: RevisionSource, wanted: readonly WantedCheck[]): Promise<void> {
    const subjects: { readonly key: string; readonly subject: RenderingSubject }[] = [];
    for (let at = 0; at < wanted.length; at += AT_ONCE) {
      const some = wanted.slice(at, at + AT_ONCE);
      const read = await Promise.all(some.map((each) => this.#read(each)));
      for (const [index, { key }] of some.entries()) {
        const found = read[index];
        if (found?.kind === 'subject') subjects.push({ key, subject: found.subject });
        if (found?.kind === 'unreadable') checks.byKey.set(key, unreadable(found.detail));
      }
    }
    if (subjects.length === 0) return;
    try {
      const job = { kind: 'compare', source, subjects: subjects.map(({ subject }) => subject) } as const;
      const result = await renderInWorker(job, this.#session.signal);
      if (result.kind === 'faulty') checks.problem = result.message;
      if (result.kind !== 'compared') return;
      for (const [index, { key }] of subjects.entries()) {
        const check = result.checks[index];
        if (check !== undefined) checks.byKey.set(key, check);
      }
    } catch (error) {
      // One of these templates does not end, or the session does: neither is asked again before something changes.
      for (const { key } of subjects) checks.byKey.set(key, unreadable(toClusterError(error).message));
    }
  }

  #read(wanted: WantedCheck) {
    const annotations = this.#session.store.get('namespaces', '', wanted.namespace)?.annotations ?? {};
    return readSubject(this.#session, wanted, annotations);
  }

  /** Only what something was found out about, or an object that is gone would be asked for without end. */
  #announce(wanted: readonly WantedCheck[], versions: ReadonlyMap<string, string>): void {
    const told = wanted.filter((each) => this.#isKnown(each, versions));
    const places = told.map(({ namespace, pod, maker }) => ({ namespace, name: pod?.name ?? maker?.name ?? '' }));
    if (!this.#session.signal.aborted) this.#session.store.announce('pods', places);
  }

  /** What each revision's injector goes by, in one text: it differs after every change of it. */
  #versions(): ReadonlyMap<string, string> {
    const { store } = this.#session;
    const maps = store.list('configmaps');
    const versions = [...this.#namespaceOf()].map(([revision, namespace]): [string, string] => {
      const suffix = revision === 'default' ? '' : `-${revision}`;
      const names = new Set([`istio-sidecar-injector${suffix}`, `istio${suffix}`]);
      const read = maps.filter((map) => map.namespace === namespace && names.has(map.name));
      const istiod = store.get('deployments', namespace, `istiod${suffix}`);
      return [revision, [...read.map(({ resourceVersion }) => resourceVersion), istiod?.generation ?? ''].join()];
    });
    return new Map(versions);
  }
}

function unreadable(detail: string): RenderingCheck {
  return { kind: 'unchecked', because: say('unchecked.unreadable', { detail }) };
}
