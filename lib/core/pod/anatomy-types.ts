import type { PodPhrase } from './pod-phrases.data';
import type { InboundJudgement, ListeningProcess, PortProtocol } from './port-types';

export type AnatomyMark = 'same' | 'added' | 'changed' | 'removed';

export interface AnatomyContainer {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  /** `setup` writes or checks the capture rules and ends; `proxy` is Envoy with its agent. */
  readonly role: 'application' | 'init' | 'setup' | 'proxy';
  /** An init container that keeps running: it stands in both rows. */
  readonly isNative: boolean;
  readonly mark: AnatomyMark;
  /** What it does, for the ones that injection brings. */
  readonly does?: PodPhrase;
  /** Its sockets by process: Envoy's and the agent's apart. */
  readonly sockets: readonly { readonly process: ListeningProcess; readonly ports: readonly number[] }[];
  /** Ids of the changes that open on click. */
  readonly changes: readonly string[];
}

/** A port that another pod can dial, on the left edge. */
export interface AnatomyPlug {
  readonly id: string;
  readonly port: number;
  readonly protocol: PortProtocol;
  readonly container: string;
  readonly process: ListeningProcess;
  readonly purpose: PodPhrase;
  readonly mark: AnatomyMark;
  /** Why the port cannot be had, or not by everyone who wants it. */
  readonly clashes: readonly PodPhrase[];
  /** What the capture rules do with it; absent where none apply. */
  readonly inbound?: InboundJudgement;
  /** The stations of a packet: through the gate to `viaPort` of the proxy, then to the container; without `viaPort` straight on. */
  readonly viaPort?: number;
}

/** Where packets are diverted: the rules in the pod's network. */
export interface AnatomyGate {
  readonly mark: AnatomyMark;
  readonly mode: string;
  readonly writtenBy: string;
  readonly inboundPort: number;
  readonly outboundPort: number;
}

export interface AnatomyVolume {
  readonly name: string;
  /** The volume's source field: `emptyDir`, `configMap`, `secret`... */
  readonly source: string;
  readonly mark: AnatomyMark;
  readonly isFromApiServer: boolean;
  readonly mountedBy: readonly { readonly container: string; readonly path: string }[];
  readonly changes: readonly string[];
}

export interface AnatomyState {
  readonly init: readonly AnatomyContainer[];
  /** Running containers: applications first, the proxy last. */
  readonly running: readonly AnatomyContainer[];
  readonly plugs: readonly AnatomyPlug[];
  readonly gate?: AnatomyGate;
  readonly volumes: readonly AnatomyVolume[];
}

export interface PodAnatomy {
  readonly asWritten: AnatomyState;
  readonly asRuns: AnatomyState;
  /** Containers before and after, listening ports before and after. */
  readonly counts: {
    readonly containers: readonly [before: number, after: number];
    readonly ports: readonly [before: number, after: number];
  };
}
