import type { StatusCause } from './api-error';
import { forbiddenField } from './field-problems';
import { jsonEqual, recordAt, recordsAt } from './json-access';
import type { JsonObject, KubeObject, NewObject } from './object-types';
import { invalidValue } from './validate-names';

const UPDATABLE =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

/**
 * What may not change in a pod. The real server adds a diff of its Go structs to the last message.
 * Source: k8s.io/kubernetes, pkg/apis/core/validation, ValidatePodUpdate.
 */
export function podUpdateProblems(object: NewObject, current: KubeObject): StatusCause[] {
  const [after, before] = [recordAt(object, 'spec'), recordAt(current, 'spec')];
  for (const list of ['containers', 'initContainers']) {
    if (recordsAt(after, list).length !== recordsAt(before, list).length) {
      return [forbiddenField(`spec.${list}`, 'pod updates may not add or remove containers')];
    }
  }
  const problems = [...deadlineProblems(after, before), ...tolerationProblems(after, before)];
  if (!jsonEqual(fixedParts(before), fixedParts(after))) problems.push(forbiddenField('spec', UPDATABLE));
  return problems;
}

function deadlineProblems(after: JsonObject, before: JsonObject): StatusCause[] {
  const field = 'spec.activeDeadlineSeconds';
  const [now, old] = [after.activeDeadlineSeconds, before.activeDeadlineSeconds];
  if (typeof now !== 'number') {
    return typeof old === 'number'
      ? [invalidValue(field, null, 'must not update from a positive integer to nil value')]
      : [];
  }
  if (now < 0) return [invalidValue(field, now, 'must be between 0 and 2147483647, inclusive')];
  return typeof old === 'number' && old < now
    ? [invalidValue(field, now, 'must be less than or equal to previous value')]
    : [];
}

function tolerationProblems(after: JsonObject, before: JsonObject): StatusCause[] {
  const withoutSeconds = ({ tolerationSeconds: _seconds, ...rest }: JsonObject) => rest;
  const now = recordsAt(after, 'tolerations').map(withoutSeconds);
  const isKept = recordsAt(before, 'tolerations')
    .map(withoutSeconds)
    .every((old) => now.some((one) => jsonEqual(one, old)));
  return isKept
    ? []
    : [forbiddenField('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds')];
}

/** A pod spec without the few fields that may change. */
function fixedParts(spec: JsonObject): JsonObject {
  const {
    tolerations: _tolerations,
    activeDeadlineSeconds: _deadline,
    ephemeralContainers: _ephemeral,
    ...fixed
  } = spec;
  const withoutImage = (list: string) => recordsAt(spec, list).map(({ image: _image, ...rest }) => rest);
  return { ...fixed, containers: withoutImage('containers'), initContainers: withoutImage('initContainers') };
}
