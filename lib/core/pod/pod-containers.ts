import { PROXY_CONTAINER } from '@/lib/core/kube/names';
import type { Container, PodSpec } from '@/lib/core/kube/pod-types';

export type ContainerList = 'containers' | 'initContainers';

export interface PlacedContainer {
  readonly list: ContainerList;
  readonly index: number;
  readonly container: Container;
}

/** All containers in start order: init containers first. */
export function placeContainers(spec: PodSpec | undefined): readonly PlacedContainer[] {
  const place = (list: ContainerList) =>
    (spec?.[list] ?? []).map((container, index): PlacedContainer => ({ list, index, container }));
  return [...place('initContainers'), ...place('containers')];
}

/** True for containers that run beside the application: regular ones, and init containers that always restart. */
export function isLongRunning({ list, container }: PlacedContainer): boolean {
  return list === 'containers' || container.restartPolicy === 'Always';
}

export function findProxy(spec: PodSpec | undefined): PlacedContainer | undefined {
  return placeContainers(spec).find(({ container }) => container.name === PROXY_CONTAINER);
}

/** How a person would point at it: `initContainers[0] istio-init`. */
export function containerPath({ list, index, container }: PlacedContainer): string {
  return `${list}[${index}] ${container.name}`;
}
