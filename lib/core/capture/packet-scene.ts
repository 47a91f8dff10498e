import type { Phrase } from '@/lib/core/phrase';
import type { AmbientConfig } from './build-ambient-rules';
import { type CaptureConfig, capturesDns } from './capture-config';
import type { CaptureEnd } from './capture-ends';
import type { Packet, PodNetwork } from './packet';
import type { RuleSet } from './rule-types';

interface Scene {
  readonly ruleSet: RuleSet;
  readonly ends: readonly CaptureEnd[];
  readonly pod: PodNetwork;
}

/** A pod whose own sidecar takes its traffic. */
export interface SidecarScene extends Scene {
  readonly config: CaptureConfig;
}

/** A pod whose traffic the node's ztunnel takes. */
export interface AmbientScene extends Scene {
  readonly ambient: AmbientConfig;
}

/** What a packet's story is told from. */
export type PacketScene = SidecarScene | AmbientScene;

/** Where a service's packets go once the proxy has chosen an endpoint. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** A connection before it is followed. */
export interface LegStart {
  readonly packet: Packet;
  readonly direction: 'in' | 'out';
  readonly opens: Phrase;
  /** The process that sends, for packets that start in the pod. */
  readonly sender?: string;
}

/** Addresses of nobody, from the ranges kept for documentation. */
export const OUTSIDE = { ipv4: '203.0.113.9', ipv6: '2001:db8::9' } as const;

/** The user of the first application, where the pod says it. */
export function appUidOf({ ends }: Pick<PacketScene, 'ends'>): number | undefined {
  const uid = ends.find((end) => end.kind === 'app')?.uid;
  return uid === undefined ? undefined : Number(uid);
}

export function sceneCapturesDns(scene: PacketScene): boolean {
  return 'ambient' in scene ? scene.ambient.capturesDns : capturesDns(scene.config);
}

/** A server that the pod may ask: the first that DNS capture knows, else anybody's. */
export function dnsServerOf(scene: PacketScene): string {
  const { family } = scene.ruleSet;
  if ('ambient' in scene) return OUTSIDE[family];
  const known = family === 'ipv4' ? scene.config.dnsServersV4 : scene.config.dnsServersV6;
  return known[0] ?? OUTSIDE[family];
}
