import { decodeKube } from './decode-struct';
import { flattenPod, type PodParts } from './flatten-pod';
import type { InjectedStages, PostStepName } from './inject-one';
import { isEqualJson, type JsonObject, type JsonValue } from './json-types';
import { MergeError } from './merge-lists';
import { mergeStrategic } from './strategic-merge';

/** Which stage of an injection gave a part its final form. */
export type Origin =
  | { readonly kind: 'template'; readonly template: string }
  | { readonly kind: 'user-container' }
  | { readonly kind: 'step'; readonly step: PostStepName };

export interface PartOrigin {
  /** As in `spec.containers[istio-proxy].env[POD_NAME]`. */
  readonly path: string;
  readonly change: 'added' | 'changed' | 'removed';
  readonly before?: JsonValue;
  readonly after?: JsonValue;
  readonly origin: Origin;
}

/**
 * Says of every part that injection touched which stage gave it the form that it has now.
 *
 * Output: parts in the order of the injected pod, removed ones last; a part that several stages touched belongs to the last.
 * What templates read to make a part is what `traceSources` finds.
 */
export function explainOrigins(stages: InjectedStages): readonly PartOrigin[] {
  const before = flattenPod(stages.original);
  const after = flattenPod(stages.result);
  const history = listHistory(stages);
  const touched = [...after.keys()].filter((path) => !isEqualJson(before.get(path), after.get(path)));
  const removed = [...before.keys()].filter((path) => !after.has(path));
  return [...touched, ...removed].map((path): PartOrigin => {
    const [old, made] = [before.get(path), after.get(path)];
    return {
      path,
      change: old === undefined ? 'added' : made === undefined ? 'removed' : 'changed',
      ...(old !== undefined && { before: old }),
      ...(made !== undefined && { after: made }),
      origin: lastTouch(path, before, history),
    };
  });
}

interface Stage {
  readonly origin: Origin;
  readonly parts: PodParts;
}

function listHistory(stages: InjectedStages): readonly Stage[] {
  return [
    ...templateStages(stages),
    { origin: { kind: 'user-container' }, parts: flattenPod(typed(stages.overridden)) },
    ...stages.steps.map(({ step, pod }): Stage => ({ origin: { kind: 'step', step }, parts: flattenPod(typed(pod)) })),
  ];
}

function templateStages({ original, rendered, merged }: InjectedStages): readonly Stage[] {
  let pod = original;
  return rendered.map(({ name, patch }, index): Stage => {
    pod = index === rendered.length - 1 ? merged : typed(mergedWith(pod, patch));
    return { origin: { kind: 'template', template: name }, parts: flattenPod(pod) };
  });
}

function mergedWith(pod: JsonObject, patch: JsonObject): JsonObject {
  try {
    return mergeStrategic(pod, patch, 'Pod');
  } catch (error) {
    if (error instanceof MergeError) return pod;
    throw error;
  }
}

function typed(pod: JsonObject): JsonObject {
  const decoded = decodeKube('Pod', pod);
  return decoded.ok ? decoded.value : pod;
}

function lastTouch(path: string, before: PodParts, history: readonly Stage[]): Origin {
  let origin: Origin = { kind: 'user-container' };
  let value = before.get(path);
  for (const stage of history) {
    const next = stage.parts.get(path);
    if (!isEqualJson(value, next)) origin = stage.origin;
    value = next;
  }
  return origin;
}
