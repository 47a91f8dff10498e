import { PROXY_CONTAINER } from '@/lib/core/kube/names';
import { type JsonMap, type JsonObject, objectAt, objectsAt, textAt, textsOf } from './json-types';

/** The merged pod while post-processing changes it; every step works on the draft that it was given. */
export interface PodDraft {
  readonly metadata: JsonObject;
  readonly spec: JsonObject;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  containers: JsonObject[];
  initContainers: JsonObject[];
}

export type ContainerList = 'containers' | 'initContainers';
export const CONTAINER_LISTS: readonly ContainerList[] = ['containers', 'initContainers'];

export function toDraft(pod: JsonObject): PodDraft {
  const metadata = objectAt(pod, 'metadata');
  const spec = objectAt(pod, 'spec');
  return {
    metadata,
    spec,
    labels: { ...textsOf(metadata.labels) },
    annotations: { ...textsOf(metadata.annotations) },
    containers: [...objectsAt(spec, 'containers')],
    initContainers: [...objectsAt(spec, 'initContainers')],
  };
}

export function fromDraft(draft: PodDraft): JsonObject {
  return {
    metadata: { ...draft.metadata, labels: draft.labels, annotations: draft.annotations },
    spec: { ...draft.spec, containers: draft.containers, initContainers: draft.initContainers },
  };
}

/** Where a container of a name stands: regular containers are looked through first. */
function findContainer(draft: PodDraft, name: string): JsonObject | undefined {
  const isNamed = (container: JsonObject) => textAt(container, 'name') === name;
  return draft.containers.find(isNamed) ?? draft.initContainers.find(isNamed);
}

/** The sidecar, wherever it sits. */
export function findSidecar(draft: PodDraft): JsonObject | undefined {
  return findContainer(draft, PROXY_CONTAINER);
}

/** Puts a changed container in the place of the old one. */
export function replaceContainer(draft: PodDraft, old: JsonObject, changed: JsonObject): void {
  for (const list of CONTAINER_LISTS) {
    draft[list] = draft[list].map((container) => (container === old ? changed : container));
  }
}

/** Rewrites the environment of the sidecar; nothing happens where there is no sidecar. */
export function editSidecarEnv(draft: PodDraft, edit: (env: readonly JsonObject[]) => readonly JsonObject[]): void {
  const sidecar = findSidecar(draft);
  if (sidecar === undefined) return;
  const changed: JsonMap = { ...sidecar, env: edit(objectsAt(sidecar, 'env')) };
  replaceContainer(draft, sidecar, changed);
}
