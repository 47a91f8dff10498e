import { Boxes, CircleHelp, Cloud, DoorOpen, Globe, Layers, type LucideIcon, Network } from 'lucide-react';
import type { NodeKind } from '@/lib/core/graph/graph-types';

const ICONS: Readonly<Record<NodeKind, LucideIcon>> = {
  gateway: DoorOpen,
  service: Network,
  workload: Layers,
  external: Cloud,
  host: Globe,
  absent: CircleHelp,
  namespace: Boxes,
};

/** The icon of a kind of node; its name stands near or in a label. */
export function NodeIcon({ kind, size = 13 }: { readonly kind: NodeKind; readonly size?: number }) {
  const Icon = ICONS[kind];
  return <Icon aria-hidden="true" size={size} className="shrink-0 text-ink-3" />;
}
