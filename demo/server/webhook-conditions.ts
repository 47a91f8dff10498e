import { evaluateCel } from '@/lib/core/kube/evaluate-cel';
import type { WebhookCallContext } from './call-webhooks';
import { recordsAt, stringAt } from './json-access';
import type { Admitted } from './match-webhook';
import type { JsonObject } from './object-types';
import { requestOf } from './request-review';

/** Whether all match conditions hold; an error when none is false and one cannot be told. */
export type ConditionOutcome =
  | { readonly isMatch: boolean; readonly error?: never }
  | { readonly isMatch?: never; readonly error: string };

/** Source: k8s.io/apiserver, pkg/admission/plugin/webhook/matchconditions/matcher.go. */
export function failedConditions(
  webhook: JsonObject,
  admitted: Admitted,
  context: WebhookCallContext,
): ConditionOutcome {
  const conditions = recordsAt(webhook, 'matchConditions');
  if (conditions.length === 0) return { isMatch: true };
  const { object, oldObject, ...request } = requestOf(webhook, admitted, context);
  const variables = { object, oldObject, request };
  const errors: string[] = [];
  for (const condition of conditions) {
    const expression = stringAt(condition, 'expression') ?? '';
    const result = evaluateCel(expression, variables);
    if (result.kind === 'value' && result.value !== true) return { isMatch: false };
    if (result.kind !== 'value') errors.push(`expression '${expression}' resulted in error: ${result.message}`);
  }
  return errors.length === 0
    ? { isMatch: true }
    : { error: errors.length === 1 ? (errors[0] ?? '') : `[${errors.join(', ')}]` };
}
