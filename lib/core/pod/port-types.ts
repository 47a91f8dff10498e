import type { ProbeKind } from './app-probers';
import type { PodPhrase } from './pod-phrases.data';

export type PortProtocol = 'TCP' | 'UDP' | 'SCTP';
export type ListeningProcess = 'application' | 'envoy' | 'pilot-agent' | 'ztunnel' | 'istiod';

/** What the capture rules do with a packet from outside to a port; the caller works it out from the pod's rules. */
export interface InboundJudgement {
  readonly kind: 'captured' | 'skipped' | 'untouched' | 'unknown';
  /** The port that gets the packet. */
  readonly toPort?: number;
  /** The rule that settled it, as text. */
  readonly ruleText?: string;
}

export type InboundJudge = (port: number, protocol: PortProtocol) => InboundJudgement;

export interface PortProbe {
  /** Whose health it asks for. */
  readonly container: string;
  readonly probe: ProbeKind;
  /** What is asked, e.g. `GET /ready`, `TCP`, `grpc liveness`. */
  readonly request: string;
  /** `kubelet`: it comes from the node; `pilot-agent`: the agent asks on its behalf inside the pod. */
  readonly from: 'kubelet' | 'pilot-agent';
  /** For a rewritten probe: the port that the application answers on. */
  readonly target?: number;
}

export interface PortClash {
  readonly kind: 'proxy-port' | 'same-port' | 'reserved-port' | 'host-port';
  readonly because: PodPhrase;
}

/** One listening port of a pod. */
export interface PortRow {
  readonly id: string;
  readonly port: number;
  readonly protocol: PortProtocol;
  readonly process: ListeningProcess;
  readonly container: string;
  /** The address it is bound to; empty where the application decides. */
  readonly bind: string;
  /** `wildcard`: reachable from outside the pod; `loopback`: from inside only; `unknown`: the application decides. */
  readonly reach: 'wildcard' | 'loopback' | 'unknown';
  readonly name?: string;
  /** It belongs to an init container that is gone before the application starts. */
  readonly endsEarly?: true;
  /** `declared` in a container's ports, `implied` by the process, or known only because a `probe` or a fetch of `metrics` goes there. */
  readonly known: 'declared' | 'implied' | 'probe' | 'metrics';
  /** True when the port is there because of injection. */
  readonly isAdded: boolean;
  readonly purpose: PodPhrase;
  readonly inbound?: InboundJudgement;
  readonly clashes: readonly PortClash[];
  readonly probes: readonly PortProbe[];
  readonly notes: readonly PodPhrase[];
}
