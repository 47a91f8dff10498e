import { decodeKube } from './decode-struct';
import { InjectionFault } from './injection-refusal';
import { type JsonObject, objectAt, objectsAt, textAt, textsOf } from './json-types';
import { writeStructJson } from './kube-json';
import { overlay } from './overlay';
import type { Release } from './release';
import { OVERRIDES_ANNOTATION, readOverrides, readStatus } from './stripped-pod';

/** A user's container that was laid over the template's. */
export interface ReappliedContainer {
  readonly list: 'containers' | 'initContainers';
  readonly container: JsonObject;
}

export interface ReapplyResult {
  readonly pod: JsonObject;
  readonly reapplied: readonly ReappliedContainer[];
}

const AUTO_IMAGE = 'auto';
const RE_APPLY_STATUS_SINCE = 17;

/**
 * Lays the user's own settings of containers over what the templates made of them, and writes down which.
 *
 * Input: the original pod, the template pod and the merged pod.
 * Source: Istio, pkg/kube/inject, reapplyOverwrittenContainers.
 */
export function reapplyUserContainers(
  original: JsonObject,
  templatePod: JsonObject,
  merged: JsonObject,
  release: Release,
): ReapplyResult {
  const annotations = textsOf(objectAt(original, 'metadata').annotations);
  const status = readStatus(annotations);
  const existing = readOverrides(annotations);
  const own = objectAt(original, 'spec');
  const reapplied: ReappliedContainer[] = [];
  let pod = merged;
  for (const list of ['containers', 'initContainers'] as const) {
    const ownLists = list === 'containers' ? ['containers'] : ['containers', 'initContainers'];
    for (const made of objectsAt(objectAt(templatePod, 'spec'), list)) {
      const name = textAt(made, 'name');
      if (release.minor >= RE_APPLY_STATUS_SINCE && status?.[list].has(name) === true) continue;
      const isNamed = (container: JsonObject) => textAt(container, 'name') === name;
      const found = existing[list].find(isNamed) ?? ownLists.flatMap((key) => objectsAt(own, key)).find(isNamed);
      if (found === undefined) continue;
      const container = toUserContainer(found, made, release);
      reapplied.push({ list, container });
      pod = applyContainer(pod, list, container, release);
    }
  }
  return { pod: status === undefined ? recordOverrides(pod, reapplied) : pod, reapplied };
}

function toUserContainer(found: JsonObject, made: JsonObject, release: Release): JsonObject {
  const { image, ...rest } = found;
  const container = image === AUTO_IMAGE ? rest : found;
  const dropsUser = release.minor === 22 || release.minor === 23;
  const user = objectAt(made, 'securityContext').runAsUser;
  if (!dropsUser || user === undefined || user === 1337 || container.securityContext === undefined) return container;
  const { runAsUser: _user, runAsGroup: _group, ...securityContext } = objectAt(container, 'securityContext');
  return { ...container, securityContext };
}

function applyContainer(
  pod: JsonObject,
  list: 'containers' | 'initContainers',
  container: JsonObject,
  release: Release,
): JsonObject {
  const patch = { spec: { containers: [], [list]: [container] } };
  const what = list === 'containers' ? 'container' : 'init container';
  return overlay(pod, patch, release, `failed to re apply container: failed to apply sidecar ${what}: `);
}

function recordOverrides(pod: JsonObject, reapplied: readonly ReappliedContainer[]): JsonObject {
  if (reapplied.length === 0) return pod;
  const parts = (['containers', 'initContainers'] as const).flatMap((list) => {
    const texts = reapplied.filter((each) => each.list === list).map(({ container }) => writeContainer(container));
    return texts.length === 0 ? [] : [`"${list}":[${texts.join(',')}]`];
  });
  const metadata = objectAt(pod, 'metadata');
  const annotations = { ...objectAt(metadata, 'annotations'), [OVERRIDES_ANNOTATION]: `{${parts.join(',')}}` };
  return { ...pod, metadata: { ...metadata, annotations } };
}

function writeContainer(container: JsonObject): string {
  const decoded = decodeKube('Container', container);
  if (!decoded.ok) throw new InjectionFault(overridesFault(decoded.faults[0].text));
  return writeStructJson('Container', decoded.value);
}

function overridesFault(detail: string) {
  return { code: 'overrides-invalid', values: { annotation: OVERRIDES_ANNOTATION, detail }, text: detail } as const;
}
