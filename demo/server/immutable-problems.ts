import type { StatusCause } from './api-error';
import { forbiddenField } from './field-problems';
import { isRecord, jsonEqual, recordAt, recordsAt, valueAt } from './json-access';
import type { JsonObject, KubeObject, NewObject } from './object-types';
import { invalidValue } from './validate-names';
import { IMMUTABLE_FIELDS } from './validation.data';

type Check = (object: NewObject, current: KubeObject) => StatusCause[];

/** What may not change in an object of the given resource; pods, services and data have checks of their own. */
export function fixedFieldProblems(resource: string, object: NewObject, current: KubeObject): StatusCause[] {
  const problems: StatusCause[] = [];
  for (const path of IMMUTABLE_FIELDS[resource] ?? []) {
    const after = valueAt(object, ...path.split('.'));
    if (!jsonEqual(valueAt(current, ...path.split('.')), after)) {
      problems.push(invalidValue(path, after ?? null, 'field is immutable'));
    }
  }
  return [...problems, ...(FIXED_PARTS[resource]?.(object, current) ?? [])];
}

const MUTABLE_IN_STATEFUL_SET = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

const FIXED_PARTS: Readonly<Record<string, Check>> = {
  'statefulsets.apps': statefulSetProblems,
  'jobs.batch': jobTemplateProblems,
  'rolebindings.rbac.authorization.k8s.io': roleProblems,
  'clusterrolebindings.rbac.authorization.k8s.io': roleProblems,
};

function statefulSetProblems(object: NewObject, current: KubeObject): StatusCause[] {
  const fixed = (holder: NewObject) =>
    Object.fromEntries(
      Object.entries(recordAt(holder, 'spec')).filter(([key]) => !MUTABLE_IN_STATEFUL_SET.includes(key)),
    );
  if (jsonEqual(fixed(object), fixed(current))) return [];
  const quoted = MUTABLE_IN_STATEFUL_SET.map((field) => `'${field}'`);
  const listed = `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1) ?? ''}`;
  return [forbiddenField('spec', `updates to statefulset spec for fields other than ${listed} are forbidden`)];
}

/** While a job is suspended, where its pods go and what they ask for may change. */
function jobTemplateProblems(object: NewObject, current: KubeObject): StatusCause[] {
  const [after, before] = [recordAt(object, 'spec', 'template'), recordAt(current, 'spec', 'template')];
  if (recordAt(current, 'spec').suspend !== true) {
    return jsonEqual(after, before) ? [] : [invalidValue('spec.template', after, 'field is immutable')];
  }
  const isSame = jsonEqual(fixedOfSuspended(recordAt(after, 'spec')), fixedOfSuspended(recordAt(before, 'spec')));
  return isSame ? [] : [invalidValue('spec.template.spec', after.spec, 'field is immutable')];
}

function fixedOfSuspended(spec: JsonObject): JsonObject {
  const { nodeSelector: _selector, tolerations: _tolerations, schedulingGates: _gates, affinity, ...fixed } = spec;
  const { nodeAffinity: _node, ...affinities } = isRecord(affinity) ? affinity : {};
  const withoutResources = (list: string) => recordsAt(spec, list).map(({ resources: _resources, ...rest }) => rest);
  return {
    ...fixed,
    affinity: affinities,
    containers: withoutResources('containers'),
    initContainers: withoutResources('initContainers'),
  };
}

/** The message shows the Go struct, which has no JSON names. */
function roleProblems(object: NewObject, current: KubeObject): StatusCause[] {
  const { apiGroup, kind, name } = recordAt(object, 'roleRef');
  if (jsonEqual(recordAt(object, 'roleRef'), recordAt(current, 'roleRef'))) return [];
  return [invalidValue('roleRef', { APIGroup: apiGroup, Kind: kind, Name: name }, 'cannot change roleRef')];
}
