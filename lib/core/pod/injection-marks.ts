import { STATUS_ANNOTATION } from '@/lib/core/kube/names';
import type { StringMap } from '@/lib/core/kube/object-types';
import type { InjectionStatus } from '@/lib/core/kube/records';
import { isJsonObject, parseJson, toJsonList, toText } from './json-value';
import { TEMPLATES_ANNOTATION } from './pod-names.data';

function toNames(value: unknown): string[] {
  return toJsonList(value).filter((name) => typeof name === 'string');
}

/**
 * Reads the status annotation that the injector leaves on a pod.
 *
 * Output: undefined without the annotation or when it is no JSON object; null lists read as empty.
 * Source: Istio, pkg/kube/inject/webhook.go, SidecarInjectionStatus (the revision exists since 1.11).
 */
export function parseInjectionStatus(annotations: StringMap): InjectionStatus | undefined {
  const status = parseJson(annotations[STATUS_ANNOTATION]);
  if (!isJsonObject(status)) return undefined;
  return {
    revision: toText(status.revision) ?? '',
    containers: toNames(status.containers),
    initContainers: toNames(status.initContainers),
    volumes: toNames(status.volumes),
    imagePullSecrets: toNames(status.imagePullSecrets),
  };
}

/** The names of the templates that a pod asks for; without a wish the injector's default, which is `sidecar`. */
export function readTemplateNames(annotations: StringMap): readonly string[] {
  const names = (annotations[TEMPLATES_ANNOTATION] ?? '').split(',').map((name) => name.trim());
  const wanted = names.filter((name) => name !== '');
  return wanted.length > 0 ? wanted : ['sidecar'];
}
