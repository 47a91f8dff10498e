import { createHash } from 'node:crypto';
import { recordsAt, stringAt } from '@/demo/server/json-access';
import type { JsonObject, KubeObject } from '@/demo/server/object-types';

/** What one container is doing. */
export type ContainerState =
  | { readonly kind: 'waiting'; readonly reason: string; readonly message?: string; readonly last?: Ended }
  | { readonly kind: 'running'; readonly startedAt: string; readonly isReady: boolean; readonly last?: Ended }
  | ({ readonly kind: 'ended' } & Ended);

export interface Ended {
  readonly exitCode: number;
  readonly startedAt: string;
  readonly finishedAt: string;
}

export interface ContainerPart {
  readonly name: string;
  readonly image: string;
  readonly isInit: boolean;
  /** A native sidecar: an init container that keeps running. */
  readonly isSidecar: boolean;
}

export function containersAt(pod: KubeObject, list: 'containers' | 'initContainers'): ContainerPart[] {
  return recordsAt(pod, 'spec', list).map((container) => ({
    name: stringAt(container, 'name') ?? '',
    image: stringAt(container, 'image') ?? '',
    isInit: list === 'initContainers',
    isSidecar: list === 'initContainers' && stringAt(container, 'restartPolicy') === 'Always',
  }));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const imageIds = new Map<string, string>();

/** `docker.io/library/nginx@sha256:…`, the same for the same image. */
function imageIdOf(image: string): string {
  const known = imageIds.get(image);
  if (known !== undefined) return known;
  const id = `${fullImageName(image).replace(/:[^:/]+$/, '')}@sha256:${sha256(image)}`;
  imageIds.set(image, id);
  return id;
}

/** `nginx:1.18.0` is short for `docker.io/library/nginx:1.18.0`. */
function fullImageName(image: string): string {
  const [first = '', ...rest] = image.split('/');
  if (rest.length === 0) return `docker.io/library/${image}`;
  return /[.:]/.test(first) || first === 'localhost' ? image : `docker.io/${image}`;
}

function ended(end: Ended): JsonObject {
  const { exitCode, startedAt, finishedAt } = end;
  return { terminated: { exitCode, reason: exitCode === 0 ? 'Completed' : 'Error', startedAt, finishedAt } };
}

/** An entry of `containerStatuses` or `initContainerStatuses`. */
export function toContainerStatus(
  podUid: string,
  part: ContainerPart,
  state: ContainerState,
  restartCount = 0,
): JsonObject {
  const base = { name: part.name, image: part.image };
  const run = {
    imageID: imageIdOf(part.image),
    containerID: `containerd://${sha256(`${podUid}/${part.name}/${restartCount}`)}`,
  };
  switch (state.kind) {
    case 'waiting': {
      const { reason, message, last } = state;
      const waiting = { reason, ...(message === undefined ? {} : { message }) };
      const lastState = last === undefined ? {} : ended(last);
      const ids = last === undefined ? { imageID: '' } : run;
      return { ...base, state: { waiting }, lastState, ready: false, restartCount, ...ids, started: false };
    }
    case 'running': {
      const { startedAt, isReady, last } = state;
      const lastState = last === undefined ? {} : ended(last);
      return {
        ...base,
        state: { running: { startedAt } },
        lastState,
        ready: isReady,
        restartCount,
        ...run,
        started: true,
      };
    }
    case 'ended': {
      // A plain init container that is done counts as ready; nothing else that has ended does.
      const isReady = state.exitCode === 0 && part.isInit && !part.isSidecar;
      return { ...base, state: ended(state), lastState: {}, ready: isReady, restartCount, ...run, started: false };
    }
  }
}
