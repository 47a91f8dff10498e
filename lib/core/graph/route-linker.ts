import type { Phrase } from '@/lib/core/phrase';
import type { GraphDraft } from './graph-draft';
import type { EdgeRoute, ObjectRef } from './graph-types';
import { toSelectorText } from './link-objects';
import { isSelected, type MeshWorkload, nodeId } from './list-workloads';
import type { MeshWorld } from './mesh-world';
import { serviceHost } from './resolve-host';

/** One way that a request may take: where it comes from and which object sends it on. */
export interface RouteHop {
  readonly source: string;
  readonly from: ObjectRef;
  readonly reason: Phrase;
  readonly route: EdgeRoute;
  readonly problem?: Phrase | undefined;
}

export type CanRead = (kind: string, namespace: string) => boolean;

const KUBERNETES_HOST = /^([^.]+)\.([^.]+)\.svc\./;

/** Draws route edges and keeps account of the workloads that routes reach. */
export class RouteLinker {
  readonly #world: MeshWorld;
  readonly #draft: GraphDraft;
  readonly #canRead: CanRead;
  readonly #routed = new Set<string>();
  readonly #reached = new Map<string, Set<string>>();

  constructor(world: MeshWorld, draft: GraphDraft, canRead: CanRead) {
    this.#world = world;
    this.#draft = draft;
    this.#canRead = canRead;
  }

  /** A place for a reference that leads nowhere, or to where nobody may look. */
  addAbsent(kind: string, namespace: string, name: string, problem: Phrase): { id: string; problem: Phrase } {
    const isUnreadable = !this.#canRead(kind, namespace);
    const shown = isUnreadable ? { code: 'graph.problem.unreadable', values: { kind, namespace } } : problem;
    const id = `${namespace}/absent/${kind.toLowerCase()}:${name}`;
    const node = { id, kind: 'absent' as const, namespace, name, objectKind: kind, problems: [shown], isUnreadable };
    return { id: this.#draft.addLoose(node), problem: shown };
  }

  /** Sends a hop to whatever answers to a full host name. */
  toHost(hop: RouteHop, host: string): void {
    const targets = this.#world.findHosts(host);
    for (const target of targets) this.#toTarget(hop, target, host);
    if (targets.length > 0) return;
    const [, service, namespace] = KUBERNETES_HOST.exec(host) ?? [];
    const absent = this.addAbsent('Service', namespace ?? hop.from.namespace, service ?? host, this.#hostProblem(host));
    this.#draft.addEdge({ ...hop, target: absent.id, kind: 'routes', problem: absent.problem });
  }

  /** Sends a hop to one Service, by name. */
  toService(hop: RouteHop, namespace: string, name: string): void {
    this.toHost(hop, serviceHost(name, namespace, this.#world.domain));
  }

  /** Marks that requests to a service follow routes, so that what no route reaches can be told. */
  markRouted(serviceId: string): void {
    this.#routed.add(serviceId);
  }

  /** Marks the selected workloads of routed services that no route reaches. */
  finish(): void {
    for (const id of this.#routed) {
      for (const workload of this.#world.behind.get(id) ?? []) {
        const isReached = this.#reached.get(id)?.has(workload.id) ?? false;
        if (!isReached) this.#draft.markUnrouted(`${id}>${workload.id}:selects`);
      }
    }
  }

  #hostProblem(host: string): Phrase {
    const [name = '', namespace, ...rest] = host.split('.');
    const isPartial = namespace !== undefined && rest.length === 0;
    if (isPartial && this.#world.services.has(nodeId(namespace, 'service', name))) {
      const full = serviceHost(name, namespace, this.#world.domain);
      return { code: 'graph.problem.partial-host', values: { host, full } };
    }
    return { code: 'graph.problem.no-host', values: { host } };
  }

  #toTarget(hop: RouteHop, target: string, host: string): void {
    const { subset } = hop.route;
    const behind = this.#world.behind.get(target) ?? [];
    const labels = subset === undefined ? undefined : this.#world.findSubset(host, subset);
    const picked =
      subset === undefined ? behind : behind.filter((workload) => labels !== undefined && isSelected(workload, labels));
    const problem = this.#subsetProblem(
      subset,
      host,
      labels === undefined ? undefined : toSelectorText(labels),
      picked,
    );

    this.#reach(target, picked);
    if (hop.source !== target) {
      this.#draft.addEdge({ ...hop, target, kind: 'routes', problem: hop.problem ?? problem });
      return;
    }
    for (const workload of picked) {
      this.#draft.addEdge({ ...hop, target: workload.id, kind: 'selects' });
    }
    if (problem !== undefined && subset !== undefined) {
      const absent = this.addAbsent(
        'Subset',
        target.split('/')[0] ?? '',
        `${hop.source.split('/').at(-1)}/${subset}`,
        problem,
      );
      this.#draft.addEdge({ ...hop, target: absent.id, kind: 'routes', problem: absent.problem });
    }
  }

  #reach(target: string, workloads: readonly MeshWorkload[]): void {
    const known = this.#reached.get(target) ?? new Set<string>();
    for (const { id } of workloads) known.add(id);
    this.#reached.set(target, known);
  }

  #subsetProblem(
    subset: string | undefined,
    host: string,
    labels: string | undefined,
    picked: readonly MeshWorkload[],
  ): Phrase | undefined {
    if (subset === undefined) return undefined;
    if (labels === undefined) return { code: 'graph.problem.no-subset', values: { subset, host } };
    return picked.length === 0 ? { code: 'graph.problem.empty-subset', values: { subset, host, labels } } : undefined;
  }
}
