import type { PodState, StateCounts } from '@/lib/core/injection/pod-states';
import type { Phrase } from '@/lib/core/phrase';

/** The states of a pod, and two that only a node can have: a reference that leads nowhere, and nothing to say. */
export type NodeState = PodState | 'broken' | 'none';

/** `host` is a name that routes serve and no Service carries; `absent` stands where a reference leads nowhere. */
export type NodeKind = 'gateway' | 'service' | 'workload' | 'external' | 'host' | 'absent' | 'namespace';

/** One cluster object, as a person names it. */
export interface ObjectRef {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

type FactName = 'class' | 'hosts' | 'labels' | 'ports' | 'selector' | 'type' | 'services' | 'workloads' | 'gateways';

export interface GraphFact {
  readonly name: FactName;
  readonly values: readonly string[];
}

export interface MeshNode {
  /** `namespace/kind/name`: outlives a refresh. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly namespace: string;
  readonly name: string;
  /** The Kubernetes kind; empty where no object stands behind the node. */
  readonly objectKind: string;
  readonly state: NodeState;
  /** Why a workload is in its state. */
  readonly because?: Phrase;
  readonly counts?: StateCounts;
  readonly versions: readonly string[];
  readonly subtitle: Phrase;
  /** In a namespace that was not chosen; drawn since something chosen is joined to it. */
  readonly isOutside: boolean;
  readonly facts: readonly GraphFact[];
  readonly problems: readonly Phrase[];
}

export interface EdgeRoute {
  readonly hosts: readonly string[];
  /** `/a` exact, `/a*` prefix, `~a` regular expression; empty means every path. */
  readonly paths: readonly string[];
  /** Share in percent; absent where the route has one destination. */
  readonly weight?: number;
  readonly subset?: string;
  readonly port?: string;
  readonly protocol: string;
}

/** `selects`: a selector picks pods. `routes`: configuration sends requests. `serves`: a proxy carries a gateway. */
export type EdgeKind = 'selects' | 'routes' | 'serves';

export interface MeshEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly kind: EdgeKind;
  readonly reason: Phrase;
  /** The objects that make the edge. */
  readonly from: readonly ObjectRef[];
  readonly routes: readonly EdgeRoute[];
  /** Selected, but every route of the mesh goes elsewhere. */
  readonly isUnrouted: boolean;
  readonly problems: readonly Phrase[];
  /** How many edges this one stands for; above 1 only between namespaces. */
  readonly count: number;
}

interface NamespaceBox {
  readonly id: string;
  readonly isOutside: boolean;
}

export interface MeshGraph {
  readonly nodes: readonly MeshNode[];
  readonly edges: readonly MeshEdge[];
  readonly boxes: readonly NamespaceBox[];
}
