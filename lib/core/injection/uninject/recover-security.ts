import { isEqualJson, type JsonObject, objectAt } from '@/lib/core/injection/engine/json-types';
import type { InjectionMarks } from './read-marks';
import { GATEWAY_SYSCTLS, LEGACY_FS_GROUP, LEGACY_FS_GROUP_UNTIL } from './template-traces.data';
import { type Recovered, toPart, type UninjectedPart } from './uninjected-pod';

/**
 * Takes off what templates set in the security context of the pod itself.
 *
 * Output: the API server's bookkeeping tells whether the author had the field; without it that is open.
 * Source: Istio, files/gateway-injection-template.yaml; up to 1.18 files/injection-template.yaml, fsGroup.
 */
export function recoverSecurity(spec: JsonObject, marks: InjectionMarks): Recovered<JsonObject> {
  const { securityContext: _context, ...rest } = spec;
  const context = objectAt(spec, 'securityContext');
  const fields = listFields(context, marks);
  const kept = Object.fromEntries(
    Object.entries(context).filter(([key]) => fields.every(({ field, isKept }) => field !== key || isKept)),
  );
  const isTouched = fields.some(({ isKept }) => !isKept);
  const isSent = marks.sent?.has('spec', 'securityContext') === true;
  if (!isTouched) return { value: spec, parts: fields.map(({ part }) => part) };
  const value = Object.keys(kept).length > 0 || isSent ? { ...rest, securityContext: kept } : rest;
  return { value, parts: fields.map(({ part }) => part) };
}

interface TouchedField {
  readonly field: string;
  readonly isKept: boolean;
  readonly part: UninjectedPart;
}

function listFields(context: JsonObject, marks: InjectionMarks): readonly TouchedField[] {
  const isGateway = marks.templates.includes('gateway') && isEqualJson(context.sysctls, GATEWAY_SYSCTLS);
  return [
    ...(isGateway ? [judgeField('sysctls', context, 'gateway-security', marks)] : []),
    ...(context.fsGroup === LEGACY_FS_GROUP && (marks.minor ?? 0) < LEGACY_FS_GROUP_UNTIL
      ? [judgeField('fsGroup', context, 'file-group', marks)]
      : []),
  ];
}

function judgeField(
  field: string,
  context: JsonObject,
  code: 'gateway-security' | 'file-group',
  { sent }: InjectionMarks,
): TouchedField {
  const isSent = sent?.has('spec', 'securityContext', field);
  // Sent with the value that the template would write, or with another one: the list and the number are replaced whole.
  const certainty = isSent === false ? 'recorded' : 'unknown';
  const path = `spec.securityContext.${field}`;
  const values = code === 'gateway-security' ? { values: { field: `securityContext.${field}` } } : {};
  const alternatives = certainty === 'unknown' ? { alternatives: [context[field] ?? null] } : {};
  const fate = isSent === true ? 'kept' : 'taken-off';
  return { field, isKept: isSent === true, part: toPart({ path, fate, certainty, code, ...values, ...alternatives }) };
}
