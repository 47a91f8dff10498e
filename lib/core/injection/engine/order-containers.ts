import { INIT_CONTAINER, PROXY_CONTAINER, VALIDATION_CONTAINER } from '@/lib/core/kube/names';
import { holdsApplication } from './injector-values';
import { fieldOf, type JsonObject, objectAt, textAt } from './json-types';
import { type MeshConfig, withAnnotation } from './mesh-config';
import type { PodDraft } from './pod-draft';

const CORE_DUMP_CONTAINER = 'enable-core-dump';

/**
 * Puts the injected containers in the order in which they have to start.
 *
 * Source: Istio, pkg/kube/inject, reorderPod.
 */
export function orderContainers(draft: PodDraft, mesh: MeshConfig, values: JsonObject): void {
  const proxyConfig = withAnnotation(objectAt(mesh, 'defaultConfig'), draft.annotations);
  const holds = fieldOf(proxyConfig, 'holdApplicationUntilProxyStarts') === true || holdsApplication(values);
  draft.containers = move(draft.containers, PROXY_CONTAINER, holds ? 'first' : 'last');
  const isNative = draft.initContainers.some((container) => textAt(container, 'name') === PROXY_CONTAINER);
  const moves: readonly (readonly [name: string, place: 'first' | 'last'])[] = isNative
    ? [
        [CORE_DUMP_CONTAINER, 'first'],
        [PROXY_CONTAINER, 'first'],
        [VALIDATION_CONTAINER, 'first'],
        [INIT_CONTAINER, 'first'],
      ]
    : [
        [VALIDATION_CONTAINER, 'first'],
        [INIT_CONTAINER, 'last'],
        [CORE_DUMP_CONTAINER, 'last'],
      ];
  draft.initContainers = moves.reduce((list, [name, place]) => move(list, name, place), draft.initContainers);
}

// Of several containers with the name only the last is kept, as upstream does it.
function move(containers: JsonObject[], name: string, place: 'first' | 'last'): JsonObject[] {
  const found = containers.findLast((container) => textAt(container, 'name') === name);
  if (found === undefined) return containers;
  const others = containers.filter((container) => textAt(container, 'name') !== name);
  return place === 'first' ? [found, ...others] : [...others, found];
}
