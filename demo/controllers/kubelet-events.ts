import type { KubeObject } from '@/demo/server/object-types';
import { type ContainerPart, containersAt } from './container-state';
import type { ClusterEvent } from './event-recorder';
import { isMissingImage, pullError } from './pod-status';

export type KubeletEvent = Omit<ClusterEvent, 'component' | 'host'>;

function fieldPathOf(part: ContainerPart): string {
  return `spec.${part.isInit ? 'initContainers' : 'containers'}{${part.name}}`;
}

function allParts(pod: KubeObject): ContainerPart[] {
  return [...containersAt(pod, 'initContainers'), ...containersAt(pod, 'containers')];
}

/** Pulled, Created, Started for every container, in the order in which they start. */
export function startEvents(pod: KubeObject): KubeletEvent[] {
  return allParts(pod).flatMap((part) => {
    const fieldPath = fieldPathOf(part);
    const say = (reason: string, message: string): KubeletEvent => ({ type: 'Normal', reason, message, fieldPath });
    return [
      say('Pulled', `Container image "${part.image}" already present on machine`),
      say('Created', `Created container: ${part.name}`),
      say('Started', `Started container ${part.name}`),
    ];
  });
}

/** Killing, for every container that still runs. */
export function stopEvents(pod: KubeObject): KubeletEvent[] {
  return allParts(pod)
    .filter((part) => !part.isInit || part.isSidecar)
    .map((part) => ({
      type: 'Normal',
      reason: 'Killing',
      message: `Stopping container ${part.name}`,
      fieldPath: fieldPathOf(part),
    }));
}

/** What an image that cannot be had gives: the attempt and its error, or the wait before the next one. */
export function pullEvents(pod: KubeObject, isBackingOff: boolean): KubeletEvent[] {
  const part = allParts(pod).find((candidate) => isMissingImage(candidate.image));
  if (part === undefined) return [];
  const fieldPath = fieldPathOf(part);
  const { image } = part;
  if (isBackingOff) {
    return [
      { type: 'Normal', reason: 'BackOff', message: `Back-off pulling image "${image}"`, fieldPath },
      { type: 'Warning', reason: 'Failed', message: 'Error: ImagePullBackOff', fieldPath },
    ];
  }
  return [
    { type: 'Normal', reason: 'Pulling', message: `Pulling image "${image}"`, fieldPath },
    { type: 'Warning', reason: 'Failed', message: `Failed to pull image "${image}": ${pullError(image)}`, fieldPath },
    { type: 'Warning', reason: 'Failed', message: 'Error: ErrImagePull', fieldPath },
  ];
}

/** `web_shop(uid)`: how a kubelet names a pod in messages. */
export function podText(pod: KubeObject): string {
  return `${pod.metadata.name}_${pod.metadata.namespace ?? ''}(${pod.metadata.uid})`;
}

/** A duration as Go prints it: `10s`, `1m20s`, `5m0s`. */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
