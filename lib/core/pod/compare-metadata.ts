import { STATUS_ANNOTATION } from '@/lib/core/kube/names';
import type { ObjectMeta, StringMap } from '@/lib/core/kube/object-types';
import type { ChangeContext, ChangeDraft } from './change-draft';
import type { ChangeOrigin } from './change-types';
import { findKeyFacts, isCaptureAnnotation } from './key-facts.data';
import { isPrometheusKey, LAST_APPLIED_ANNOTATION, REWRITE_PROBES_ANNOTATION } from './pod-names.data';
import type { PodPhraseCode } from './pod-phrases.data';

interface KeyOrigin {
  readonly origin: ChangeOrigin;
  readonly because: PodPhraseCode;
}

/** Labels and annotations that differ. What kubectl keeps for its own use is left out. */
export function compareMetadata(
  before: ObjectMeta = {},
  after: ObjectMeta,
  context: ChangeContext,
): readonly ChangeDraft[] {
  return [
    ...compareMaps('label', before.labels, after.labels, context),
    ...compareMaps('annotation', before.annotations, after.annotations, context),
  ];
}

function compareMaps(
  kind: 'label' | 'annotation',
  before: StringMap = {},
  after: StringMap = {},
  context: ChangeContext,
): readonly ChangeDraft[] {
  const keys = new Set([...Object.keys(after), ...Object.keys(before)]);
  return [...keys]
    .filter((key) => before[key] !== after[key] && key !== LAST_APPLIED_ANNOTATION)
    .map((key) => ({
      group: kind === 'label' ? ('labels' as const) : ('annotations' as const),
      path: `${kind}s ${key}`,
      key,
      before: before[key],
      after: after[key],
      ...findOrigin(kind, key, context),
    }));
}

function findOrigin(kind: 'label' | 'annotation', key: string, { annotations }: ChangeContext): KeyOrigin {
  const facts = findKeyFacts(kind, key);
  if (facts !== undefined) return { origin: facts.origin, because: facts.because };
  const isInjected = annotations[STATUS_ANNOTATION] !== undefined;
  if (kind === 'annotation' && isInjected) {
    if (isPrometheusKey(key)) return { origin: 'prometheus-merge', because: 'pod.annotation.prometheus' };
    if (isCaptureAnnotation(key)) return { origin: 'injection-template', because: 'pod.annotation.capture' };
    if (key === REWRITE_PROBES_ANNOTATION) return { origin: 'injection-template', because: 'pod.annotation.rewrite' };
  }
  return { origin: 'unknown', because: `pod.${kind}.unknown` };
}
