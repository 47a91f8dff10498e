import type { Phrase } from '@/lib/core/phrase';
import type { EdgeKind, EdgeRoute, MeshEdge, ObjectRef } from './graph-types';

/** A node that no object stands behind: a host that only routes serve, or the place a reference should lead to. */
export interface LooseNode {
  readonly id: string;
  readonly kind: 'host' | 'absent';
  readonly namespace: string;
  readonly name: string;
  readonly objectKind: string;
  readonly problems: readonly Phrase[];
  readonly isUnreadable: boolean;
}

export interface EdgeDraft {
  readonly source: string;
  readonly target: string;
  readonly kind: EdgeKind;
  readonly reason: Phrase;
  readonly from: ObjectRef;
  readonly route?: EdgeRoute;
  readonly problem?: Phrase | undefined;
}

const sameRef = (left: ObjectRef, right: ObjectRef): boolean =>
  left.kind === right.kind && left.namespace === right.namespace && left.name === right.name;

const samePhrase = (left: Phrase, right: Phrase): boolean => JSON.stringify(left) === JSON.stringify(right);

/** Gathers edges and loose nodes. Two edges between the same ends and of the same kind become one that lists both origins. */
export class GraphDraft {
  readonly loose = new Map<string, LooseNode>();
  readonly edges = new Map<string, MeshEdge>();
  readonly problems = new Map<string, readonly Phrase[]>();

  addLoose(node: LooseNode): string {
    if (!this.loose.has(node.id)) this.loose.set(node.id, node);
    return node.id;
  }

  addProblem(id: string, problem: Phrase): void {
    const known = this.problems.get(id) ?? [];
    if (!known.some((other) => samePhrase(other, problem))) this.problems.set(id, [...known, problem]);
  }

  addEdge({ source, target, kind, reason, from, route, problem }: EdgeDraft): void {
    const id = `${source}>${target}:${kind}`;
    const known = this.edges.get(id) ?? {
      id,
      source,
      target,
      kind,
      reason,
      from: [],
      routes: [],
      isUnrouted: false,
      problems: [],
      count: 1,
    };
    const isNewProblem = problem !== undefined && !known.problems.some((other) => samePhrase(other, problem));
    this.edges.set(id, {
      ...known,
      from: known.from.some((other) => sameRef(other, from)) ? known.from : [...known.from, from],
      routes: route === undefined ? known.routes : [...known.routes, route],
      problems: isNewProblem ? [...known.problems, problem] : known.problems,
    });
  }

  markUnrouted(id: string): void {
    const edge = this.edges.get(id);
    if (edge !== undefined) this.edges.set(id, { ...edge, isUnrouted: true });
  }
}
