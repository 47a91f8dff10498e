import 'server-only';
import { TIMINGS } from '@/lib/cluster/backoff';
import type { ChangeBatch } from '@/lib/cluster/change-batch';
import type { ClusterSession } from '@/lib/cluster/session';
import type { KindId } from '@/lib/cluster/watched-kind';
import { KIND_IDS } from '@/lib/cluster/watched-kinds.data';
import { WORKLOAD_KINDS } from '@/lib/cluster/workload-kinds.data';
import {
  type ControlPlane,
  countProxies,
  isIstiodPod,
  listControlPlanes,
  sumProxies,
} from '@/lib/core/injection/list-control-planes';
import type { InjectionFacts } from '@/lib/core/injection/namespace-context';
import {
  type InjectorWebhookConfiguration,
  parseWebhookConfigurations,
} from '@/lib/core/injection/parse-webhook-configurations';
import { type NamespaceSummary, summarizeNamespace } from '@/lib/core/injection/summarize-namespace';
import type { NamespaceRecord } from '@/lib/core/kube/records';
import { rememberEach } from '@/lib/core/remember-each';
import { InjectorConfigs } from './injector-configs';
import { RealityChecks } from './reality-checks';

/** Kinds that tell of control planes. */
const TELLING_OF_PLANES = [
  'mutatingwebhookconfigurations',
  'deployments',
  'pods',
  'services',
  'endpointslices',
] as const satisfies readonly KindId[];

/** Kinds whose change moves a verdict; others leave what was decided in force. */
const DECIDING: ReadonlySet<KindId> = new Set<KindId>(['namespaces', 'pods', 'events', ...WORKLOAD_KINDS]);
const SLICE_MS = 20;

/** A namespace's share in what is told of control planes, so that one changed pod does not have all counted again. */
const countPlaneParts = rememberEach(({ workloads }: NamespaceSummary) => {
  const pods = workloads.flatMap((workload) => workload.pods.map(({ pod }) => pod));
  return { istiods: pods.filter(isIstiodPod), proxies: countProxies(pods) };
});

/**
 * What the snapshot means: decided once per namespace, and again only for the namespaces that a change names; ahead of
 * the next question, since deciding about a big cluster takes longer than an answer may.
 *
 * A change of the webhook configurations or of an injector's settings can move every verdict, so it drops them all.
 */
export class InjectionModel {
  readonly #session: ClusterSession;
  readonly #injectors: InjectorConfigs;
  readonly #checks: RealityChecks;
  readonly #namespaces = new Map<string, NamespaceSummary>();
  #configurations: readonly InjectorWebhookConfiguration[] | undefined;
  #configurationsVersion = -1;
  #facts: InjectionFacts | undefined;
  #controlPlanes:
    | { readonly key: string; readonly facts: InjectionFacts; readonly planes: readonly ControlPlane[] }
    | undefined;
  #all:
    | { readonly key: string; readonly facts: InjectionFacts; readonly summaries: readonly NamespaceSummary[] }
    | undefined;
  #warming: Promise<void> | undefined;
  #isSettled = false;
  #hasDecided = false;
  /** Grows with whatever may have changed an answer. */
  version = 0;
  /** Resolves when everything was decided once. */
  readonly whenDecided: Promise<void>;

  constructor(session: ClusterSession) {
    this.#session = session;
    this.#injectors = new InjectorConfigs(session, () => this.#forgetAll());
    this.#checks = new RealityChecks(session, () => namespacesOf(this.controlPlanes()));
    session.store.subscribe((batch) => this.#take(batch));
    this.whenDecided = this.#start();
  }

  async #start(): Promise<void> {
    await this.#session.store.whenSettled(KIND_IDS, this.#session.signal);
    // The last batch of the first lists is still to come, and would undo what was decided before it.
    await new Promise((resolve) => setTimeout(resolve, 2 * TIMINGS.batchMs));
    await this.#injectors.refresh();
    this.#isSettled = true;
    await this.#decideAhead();
    this.#hasDecided = true;
    this.#sweep();
  }

  /** Everything was decided at least once: a first answer has nothing left to wait for. */
  get hasDecided(): boolean {
    return this.#hasDecided;
  }

  facts(): InjectionFacts {
    const { store } = this.#session;
    const version = store.kindVersion('mutatingwebhookconfigurations');
    if (this.#configurationsVersion !== version) {
      this.#configurationsVersion = version;
      this.#configurations = parseWebhookConfigurations(store.list('mutatingwebhookconfigurations'));
      this.#facts = undefined;
    }
    const canRead = store.state('mutatingwebhookconfigurations').status !== 'missing';
    const configurations = canRead ? this.#configurations : undefined;
    if (this.#facts === undefined || this.#facts.configurations !== configurations) {
      this.#facts = { configurations, injectors: this.#injectors.byRevision() };
    }
    return this.#facts;
  }

  /** The control planes as they stand; counted anew after a change of what tells of them. */
  controlPlanes(): readonly ControlPlane[] {
    const { store } = this.#session;
    const facts = this.facts();
    const key = TELLING_OF_PLANES.map((id) => `${store.kindVersion(id)} ${store.state(id).status}`).join();
    if (this.#controlPlanes?.key === key && this.#controlPlanes.facts === facts) return this.#controlPlanes.planes;
    const listed = <Id extends KindId>(id: Id) => (store.state(id).status === 'missing' ? undefined : store.list(id));
    const { configurations, injectors } = facts;
    const endpointSlices = listed('endpointslices');
    const counted = this.#current()?.map(countPlaneParts);
    const hasCounted = counted !== undefined && endpointSlices !== undefined;
    const planes = listControlPlanes({
      configurations,
      deployments: listed('deployments'),
      pods: hasCounted ? counted.flatMap(({ istiods }) => istiods) : store.list('pods'),
      ...(hasCounted ? { proxies: sumProxies(counted.map(({ proxies }) => proxies)) } : {}),
      services: listed('services'),
      ...(endpointSlices === undefined ? {} : { endpointSlices }),
      injectors,
    });
    this.#controlPlanes = { key, facts, planes };
    return planes;
  }

  /** What rendering shows of the pods, so far. */
  checks(): RealityChecks {
    return this.#checks;
  }

  injectors(): InjectorConfigs {
    return this.#injectors;
  }

  /** Names of all namespaces that are known: listed ones, and those in which something was read. */
  names(): readonly string[] {
    return this.#session.store.list('namespaces').map(({ name }) => name);
  }

  namespace(name: string): NamespaceSummary {
    const facts = this.facts();
    const known = this.#namespaces.get(name);
    if (known !== undefined && known.context.facts === facts) return known;
    const decided = this.#decide(name, this.#session.store.get('namespaces', '', name), facts);
    this.#namespaces.set(name, decided);
    return decided;
  }

  /** A namespace with everything in it as the snapshot has it, and itself as given. */
  judge(namespace: NamespaceRecord): NamespaceSummary {
    return this.#decide(namespace.name, namespace, this.facts());
  }

  /** Decides about every namespace in short slices, so that no request waits behind a long one. */
  async warm(): Promise<void> {
    if (this.#current() !== undefined) return;
    this.#warming ??= this.#warmInSlices().finally(() => {
      this.#warming = undefined;
    });
    await this.#warming;
  }

  /** Every namespace, the same array until something changes; call after `warm`, else it decides about all at once. */
  all(): readonly NamespaceSummary[] {
    const current = this.#current();
    if (current !== undefined) return current;
    const summaries = this.names().map((name) => this.namespace(name));
    this.#all = { key: this.#key(), facts: this.facts(), summaries };
    return summaries;
  }

  #current(): readonly NamespaceSummary[] | undefined {
    const isCurrent = this.#all?.key === this.#key() && this.#all.facts === this.facts();
    return isCurrent ? this.#all?.summaries : undefined;
  }

  /** Of what was decided, and about which namespaces. */
  #key(): string {
    return `${this.version} ${this.#session.store.kindVersion('namespaces')}`;
  }

  #take(batch: ChangeBatch): void {
    if (batch.hasStateChange || batch.kinds.includes('configmaps')) void this.#injectors.refresh();
    if (batch.kinds.includes('mutatingwebhookconfigurations')) {
      this.#forgetAll();
      return;
    }
    if (!batch.hasStateChange && !batch.kinds.some((kind) => DECIDING.has(kind))) return;
    this.version += 1;
    for (const namespace of batch.namespaces) this.#namespaces.delete(namespace);
    void this.#decideAhead();
  }

  // Not during the first lists: each of their batches would undo what was decided after the one before.
  async #decideAhead(): Promise<void> {
    if (!this.#isSettled || this.#session.signal.aborted) return;
    await this.warm();
    if (this.#hasDecided) this.#sweep();
  }

  /** Goes on by itself: what is found out is announced like a change. */
  #sweep(): void {
    if (this.#session.signal.aborted) return;
    void this.#checks.sweep(() => this.all());
  }

  async #warmInSlices(): Promise<void> {
    let until = performance.now() + SLICE_MS;
    let version: number;
    do {
      version = this.version;
      for (const name of this.names()) {
        this.namespace(name);
        if (performance.now() < until) continue;
        await new Promise((resolve) => setImmediate(resolve));
        until = performance.now() + SLICE_MS;
      }
      // What changed while others had their turn is decided too, else `all` would do it in one go.
    } while (version !== this.version);
  }

  #decide(name: string, namespace: NamespaceRecord | undefined, facts: InjectionFacts): NamespaceSummary {
    const { store } = this.#session;
    const contents = {
      name,
      namespace,
      workloads: WORKLOAD_KINDS.flatMap((kind) => store.list(kind, name)),
      pods: store.list('pods', name),
      events: store.list('events', name),
    };
    return summarizeNamespace(contents, facts, this.#checks.renderings);
  }

  #forgetAll(): void {
    this.version += 1;
    this.#facts = undefined;
    this.#namespaces.clear();
    void this.#decideAhead();
  }
}

function namespacesOf(planes: readonly ControlPlane[]): ReadonlyMap<string, string> {
  return new Map(planes.map(({ revision, namespace }) => [revision, namespace]));
}

declare global {
  // A server build holds several copies of this module; the model must be one per session.
  var sidelightModels: WeakMap<ClusterSession, InjectionModel> | undefined;
}

export function modelOf(session: ClusterSession): InjectionModel {
  globalThis.sidelightModels ??= new WeakMap();
  const known = globalThis.sidelightModels.get(session);
  if (known !== undefined) return known;
  const model = new InjectionModel(session);
  globalThis.sidelightModels.set(session, model);
  return model;
}
