import { PROXY_CONTAINER } from '@/lib/core/kube/names';
import type { Container, PodSpec } from '@/lib/core/kube/pod-types';
import type { InjectionStatus } from '@/lib/core/kube/records';
import { type AppProbers, parseAppProbers } from './app-probers';
import type { ContainerOverrides } from './injection-marks';
import type { ContainerList } from './pod-containers';
import { findProxy } from './pod-containers';
import type { PodPhrase } from './pod-phrases.data';
import { restoreProbes } from './restore-probes';
import { withoutTokenMounts } from './strip-admission';

export interface RecoveredContainers {
  readonly containers: readonly Container[];
  readonly initContainers: readonly Container[];
  readonly uncertain: readonly PodPhrase[];
}

/**
 * Takes the template's containers out of a pod, puts the author's own back, and restores probes and hooks.
 *
 * Output: containers in the pod's order; an author's container that the injector moved stands at the end of its list.
 * Source: Istio, pkg/kube/inject/webhook.go, reapplyOverwrittenContainers.
 */
export function recoverContainers(
  spec: PodSpec,
  status: InjectionStatus,
  overrides: ContainerOverrides,
): RecoveredContainers {
  const probers = parseAppProbers(findProxy(spec)?.container);
  const own = placeOverrides(overrides);
  const recover = (list: ContainerList) => recoverList(spec, list, new Set(status[list]), own[list], probers);
  const containers = recover('containers');
  const initContainers = recover('initContainers');
  return {
    containers: containers.map(({ container }) => container),
    initContainers: initContainers.map(({ container }) => container),
    uncertain: [
      ...[...initContainers, ...containers].flatMap(({ uncertain }) => uncertain),
      ...[...own.containers, ...own.initContainers].map(
        ({ name }): PodPhrase => ({ code: 'pod.uncertain.override', values: { container: name } }),
      ),
    ],
  };
}

/** A native sidecar that its author wrote as a regular container was moved; only one that says `Always` was an init container. */
function placeOverrides({ containers, initContainers }: ContainerOverrides): ContainerOverrides {
  const isMoved = ({ name, restartPolicy }: Container) => name === PROXY_CONTAINER && restartPolicy !== 'Always';
  const clean = (list: readonly Container[]) => list.map(withoutTokenMounts).map(withImage);
  return {
    containers: clean([...containers, ...initContainers.filter(isMoved)]),
    initContainers: clean(initContainers.filter((container) => !isMoved(container))),
  };
}

/** The injector drops the image of a container that says `auto`. */
function withImage(container: Container): Container {
  return container.image === undefined ? { ...container, image: 'auto' } : container;
}

function recoverList(
  spec: PodSpec,
  list: ContainerList,
  injected: ReadonlySet<string>,
  own: readonly Container[],
  probers: AppProbers,
) {
  const current = spec[list] ?? [];
  const kept = current.flatMap((container): readonly Container[] => {
    const authors = own.find(({ name }) => name === container.name);
    if (authors !== undefined) return [authors];
    return injected.has(container.name) ? [] : [container];
  });
  const moved = own.filter(({ name }) => !current.some((container) => container.name === name));
  return [...kept, ...moved].map((container) => restoreProbes(container, probers));
}
