import type { StringMap } from '@/lib/core/kube/object-types';
import type { Phrase } from '@/lib/core/phrase';
import { ANNOTATION_RULES } from './engine/annotation-rules';
import { refusalPhrase } from './engine/injection-refusal';
import { readVersion, toRelease } from './engine/release';
import { validateAnnotations } from './engine/validate-annotations';
import type { InjectorConfig } from './parse-injector-config';
import { listOf } from './say';

const TEMPLATES_ANNOTATION = 'inject.istio.io/templates';

/**
 * Why the injector would refuse a pod that it is asked to inject, as far as annotations and settings tell without rendering.
 *
 * Input: the settings of the injector that is called; undefined where they could not be read, then nothing is foreseen.
 * Output: every reason, invalid annotations first; empty where none is certain.
 * Source: Istio, pkg/kube/inject, validateAnnotations and selectTemplates.
 */
export function foreseeRefusals(annotations: StringMap, config: InjectorConfig | undefined): readonly Phrase[] {
  if (config === undefined) return [];
  const release = toRelease(readVersion(config.proxyImage.tag) ?? '');
  const invalid = hasChecked(annotations) ? validateAnnotations(annotations, release).map(refusalPhrase) : [];
  const names = listTemplateNames(annotations) ?? config.defaultTemplates;
  const unknown = names.filter((name) => !config.templateNames.includes(name));
  if (config.templateNames.length === 0 || unknown.length === 0) return invalid;
  const [template = ''] = unknown;
  const known = listOf(config.templateNames);
  return [...invalid, { code: 'engine.refusal.template-unknown', values: { template, known } }];
}

/** Names of the annotations of a pod that the injector checks before it renders. */
export function listCheckedAnnotations(annotations: StringMap): readonly string[] {
  return Object.keys(annotations).filter((name) => ANNOTATION_RULES.has(name));
}

function hasChecked(annotations: StringMap): boolean {
  for (const name in annotations) if (ANNOTATION_RULES.has(name)) return true;
  return false;
}

/** Names in the annotation that picks templates; undefined without it, which means the injector's default ones. */
export function listTemplateNames(annotations: StringMap): readonly string[] | undefined {
  return annotations[TEMPLATES_ANNOTATION]?.split(',').map((name) => name.trim());
}
