import type { PodPhrase } from './pod-phrases.data';
import type { ListeningProcess } from './port-types';

export interface ProcessPeer {
  /** Address or socket path, as the process has it. */
  readonly address: string;
  readonly because: PodPhrase;
}

/** A process as it runs in the pod. Arguments of Envoy are the ones that the agent gives it. */
export interface PodProcess {
  readonly id: string;
  readonly process: ListeningProcess;
  readonly container: string;
  readonly command: string;
  readonly args: readonly string[];
  /** From the security context; absent where the image decides. */
  readonly uid?: number;
  readonly gid?: number;
  /** What it keeps of root's rights; empty where all are dropped, absent where the runtime's default holds. */
  readonly capabilities?: readonly string[];
  readonly role: PodPhrase;
  readonly listensOn: readonly string[];
  readonly talksTo: readonly ProcessPeer[];
}

export type ChainStation = 'application' | 'envoy' | 'pilot-agent' | 'ztunnel' | 'istiod' | 'api-server';

export interface ChainLink {
  readonly from: ChainStation;
  readonly to: ChainStation;
  readonly because: PodPhrase;
}

export interface ProcessReport {
  readonly kind: 'sidecar' | 'gateway' | 'waypoint' | 'grpc-agent' | 'ambient' | 'none';
  readonly verdict: PodPhrase;
  readonly processes: readonly PodProcess[];
  /** Left to right: who stands between the application and the API server. */
  readonly chain: readonly ChainStation[];
  readonly links: readonly ChainLink[];
}
