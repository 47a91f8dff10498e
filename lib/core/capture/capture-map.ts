import type { Phrase } from '@/lib/core/phrase';
import type { PacketRequest } from './packet-request';
import type { TableName } from './rule-types';

/** The capture map: places, sizes and lines in plain pixels, ready to draw. Ids outlive a refresh. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Point = readonly [x: number, y: number];

/** A stop on the packet's way: the pod's interface, a hook, the routing decision. */
export interface MapStation extends Box {
  readonly id: string;
  readonly kind: 'interface' | 'hook' | 'routing';
  readonly name: string;
  /** Tables with rules at this hook, in the order they run. */
  readonly tables: readonly TableName[];
}

export interface MapRow {
  /** The rule's id. */
  readonly id: string;
  readonly text: string;
  readonly meaning: Phrase;
  readonly target: string;
  readonly y: number;
  readonly height: number;
}

/** A chain with its rules. */
export interface MapCard extends Box {
  /** The chain's id, `nat/ISTIO_OUTPUT`. */
  readonly id: string;
  readonly table: TableName;
  readonly chain: string;
  readonly side: MapSide;
  /** False for chains that nothing jumps to. */
  readonly isReachable: boolean;
  readonly rows: readonly MapRow[];
}

export type MapSide = 'inbound' | 'outbound';

interface MapPort {
  /** `end/envoy/15006` */
  readonly id: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly purpose?: Phrase;
  readonly y: number;
  readonly height: number;
}

/** A process of the pod that receives or sends. */
export interface MapEnd extends Box {
  readonly id: string;
  readonly kind: 'app' | 'agent' | 'envoy' | 'ztunnel';
  readonly name: string;
  readonly uid?: string;
  readonly ports: readonly MapPort[];
}

export interface MapEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** `path` between stations, `loopback` back into the pod, `hook` into a table, `jump` between chains, `handover` to a process. */
  readonly kind: 'path' | 'loopback' | 'hook' | 'jump' | 'handover';
  readonly points: readonly Point[];
}

export interface MapFlowStep {
  /** `outbound/3`: the flow and the step's number, from 1. */
  readonly id: string;
  /** What lights up with this step. */
  readonly ids: readonly string[];
  /** Where it happens: a chain, or nothing for the step between two packets. */
  readonly chain?: string;
  readonly says: Phrase;
}

/** A packet worth following, with every part it touches. */
export interface MapFlow {
  readonly id: string;
  readonly label: Phrase;
  readonly request: PacketRequest;
  readonly steps: readonly MapFlowStep[];
}

export interface CaptureMap {
  readonly width: number;
  readonly height: number;
  readonly stations: readonly MapStation[];
  readonly cards: readonly MapCard[];
  /** The frame around the processes. */
  readonly process: Box;
  readonly ends: readonly MapEnd[];
  readonly edges: readonly MapEdge[];
  /** Room that the picture leaves free for a reading of what is lit; absent where the rules fill the picture. */
  readonly panel?: Box;
  readonly flows: readonly MapFlow[];
}

/** Sizes of the picture. The default rule set makes it 1040 wide and at most 520 high. */
export const MAP = {
  width: 1040,
  sideWidth: 380,
  gutter: 40,
  /** Room for jump lines on the outer side of each column. */
  margin: 24,
  lane: 6,
  loopbackY: 6,
  spineY: 22,
  spineHeight: 38,
  cardsY: 72,
  cardGap: 11,
  maxEndGap: 48,
  headHeight: 24,
  rowHeight: 29,
  portHeight: 21,
  processPad: 10,
  bottomPad: 12,
  panelGap: 8,
  minPanelHeight: 88,
} as const;
