import type { LabelSelector, LabelSelectorRequirement } from '@/lib/core/kube/object-types';
import { isJson, toJson, toList, toText, toTexts } from './read-json';

/**
 * Reads a label selector from an untyped object.
 *
 * Output: undefined when there is no object, which stands for a selector that picks everything; parts of another type are left out.
 * Never throws.
 */
export function parseLabelSelector(value: unknown): LabelSelector | undefined {
  if (!isJson(value)) return undefined;
  const labels = Object.entries(toJson(value.matchLabels)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const expressions = toList(value.matchExpressions).filter(isJson).map(toRequirement);
  return {
    ...(labels.length > 0 && { matchLabels: Object.fromEntries(labels) }),
    ...(expressions.length > 0 && { matchExpressions: expressions }),
  };
}

function toRequirement(value: Readonly<Record<string, unknown>>): LabelSelectorRequirement {
  const values = toTexts(value.values);
  return {
    key: toText(value.key),
    operator: toText(value.operator),
    ...(values.length > 0 && { values }),
  };
}
