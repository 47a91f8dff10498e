import type { LabelSelector, LabelSelectorRequirement, StringMap } from './object-types';

/**
 * Whether labels meet every term of a selector.
 *
 * Input: a selector that is there (what a missing one means is up to the field that lacks it); labels or none.
 * Output: true for the empty selector, which matches everything.
 * Never throws: an unknown operator matches nothing.
 * Source: k8s.io/apimachinery, pkg/apis/meta/v1/helpers.go, LabelSelectorAsSelector.
 */
export function matchesLabelSelector(selector: LabelSelector, labels: StringMap | undefined): boolean {
  const present = labels ?? {};
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
    if (labelOf(present, key) !== value) return false;
  }
  return (selector.matchExpressions ?? []).every((requirement) => matchesExpression(requirement, present));
}

/** Whether a selector has no term at all, so that it matches everything. */
export function isEmptyLabelSelector(selector: LabelSelector): boolean {
  return Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0;
}

/** The value of a label; labels named like members of Object.prototype are absent unless set. */
export function labelOf(labels: StringMap, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

// NotIn is met by an absent label, In is not: an object without the key is "not in" any set.
function matchesExpression({ key, operator, values = [] }: LabelSelectorRequirement, labels: StringMap): boolean {
  const value = labelOf(labels, key);
  if (operator === 'In') return value !== undefined && values.includes(value);
  if (operator === 'NotIn') return value === undefined || !values.includes(value);
  if (operator === 'Exists') return value !== undefined;
  return operator === 'DoesNotExist' && value === undefined;
}
