import { recordsAt, stringAt } from '@/demo/server/json-access';
import type { KubeObject } from '@/demo/server/object-types';
import type { Store } from '@/demo/server/store';

/** Hands out pod addresses from the nodes' ranges. */
export interface NodeAddresses {
  hostIP(nodeName: string): string;
  nextPodIP(nodeName: string): string;
}

function startOf(cidr: string): number {
  const [address = '10.244.0.0'] = cidr.split('/');
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function toAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
}

/** Each node has a range of 65,536 addresses; a running number picks the next, beyond the highest in use at the start. */
export function createNodeAddresses(store: Store): NodeAddresses {
  const used = new Map<string, number>();
  const base = (nodeName: string) => startOf(stringAt(store.get('nodes', { name: nodeName }), 'spec', 'podCIDR') ?? '');
  for (const pod of store.list('pods')) {
    const nodeName = stringAt(pod, 'spec', 'nodeName');
    const address = stringAt(pod, 'status', 'podIP');
    if (nodeName === undefined || address === undefined || pod.spec?.hostNetwork === true) continue;
    used.set(nodeName, Math.max(used.get(nodeName) ?? 1, startOf(address) - base(nodeName)));
  }
  return {
    hostIP: (nodeName) => internalIP(store.get('nodes', { name: nodeName })),
    nextPodIP: (nodeName) => {
      const next = ((used.get(nodeName) ?? 1) % 65_000) + 1;
      used.set(nodeName, next);
      return toAddress(base(nodeName) + next);
    },
  };
}

function internalIP(node: KubeObject | undefined): string {
  const found = recordsAt(node, 'status', 'addresses').find((address) => address.type === 'InternalIP');
  return stringAt(found, 'address') ?? '127.0.0.1';
}
