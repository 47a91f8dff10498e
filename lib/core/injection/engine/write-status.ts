import { DEFAULT_REVISION, STATUS_ANNOTATION } from '@/lib/core/kube/names';
import { quoteGoJson } from './go-text';
import { type JsonObject, objectAt, objectsAt, textAt } from './json-types';
import type { PodDraft } from './pod-draft';
import type { Release } from './release';

const LISTS = ['initContainers', 'containers', 'volumes', 'imagePullSecrets'] as const;

/**
 * Writes down what the templates added, for those who undo or repeat it.
 *
 * Source: Istio, pkg/kube/inject, SidecarInjectionStatus.
 */
export function setStatusAnnotation(
  draft: PodDraft,
  templatePod: JsonObject,
  revision: string,
  release: Release,
): void {
  const spec = objectAt(templatePod, 'spec');
  const parts = LISTS.map((key) => {
    const names = objectsAt(spec, key).map((item) => quoteGoJson(textAt(item, 'name')));
    return `"${key}":${names.length === 0 ? 'null' : `[${names.join(',')}]`}`;
  });
  const last = release.switches.statusRevision ? [`"revision":${quoteGoJson(revision || DEFAULT_REVISION)}`] : [];
  draft.annotations[STATUS_ANNOTATION] = `{${[...parts, ...last].join(',')}}`;
}
