import { matchesLabelSelector } from '@/lib/core/kube/label-selector';
import { invalid, type StatusCause } from './api-error';
import { POD_TEMPLATE_PATHS } from './defaults.data';
import { isRecord, jsonEqual, recordAt, recordsAt, stringMapAt, valueAt } from './json-access';
import { type KindRow, resourceId } from './kind-row';
import { toLabelSelector } from './match-webhook';
import type { JsonObject, KubeObject, NewObject } from './object-types';
import { invalidValue, labelProblems, metadataProblems, type NameRule, required } from './validate-names';
import { podSpecProblems } from './validate-pod-spec';
import { IMMUTABLE_FIELDS, NAME_RULES, REQUIRED_FIELDS, TEMPLATE_RESTART_POLICIES } from './validation.data';

/** Refuses, with 422 and a cause per field, an object that the real server would refuse. */
export function validateCreate(row: KindRow, object: NewObject): void {
  refuse(row, object, problemsOf(row, object));
}

/** The same for a changed object, and for what must not change. */
export function validateUpdate(row: KindRow, object: NewObject, current: KubeObject): void {
  const resource = resourceId(row);
  const problems = problemsOf(row, object);
  for (const path of IMMUTABLE_FIELDS[resource] ?? []) {
    const [before, after] = [valueAt(current, ...path.split('.')), valueAt(object, ...path.split('.'))];
    if (!jsonEqual(before, after)) problems.push(invalidValue(path, after ?? null, 'field is immutable'));
  }
  if (resource === 'pods' && !jsonEqual(fixedPodParts(current), fixedPodParts(object))) problems.push(POD_IS_FIXED);
  refuse(row, object, problems);
}

function refuse(row: KindRow, object: NewObject, problems: readonly StatusCause[]): void {
  if (problems.length > 0) throw invalid(row.group, row.kind, object.metadata.name ?? '', problems);
}

function problemsOf(row: KindRow, object: NewObject): StatusCause[] {
  const resource = resourceId(row);
  const rule: NameRule = NAME_RULES[resource] ?? 'subdomain';
  const problems = metadataProblems(object.metadata, rule);
  for (const path of REQUIRED_FIELDS[resource] ?? []) {
    const value = valueAt(object, ...path.split('.'));
    const isEmpty =
      value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (isEmpty) problems.push(required(path));
  }
  problems.push(...selectorProblems(resource, object));
  const path = POD_TEMPLATE_PATHS[resource];
  if (path !== undefined) {
    const policies = TEMPLATE_RESTART_POLICIES[resource];
    problems.push(...podSpecProblems(path.join('.'), recordAt(object, ...path), policies));
  }
  return problems;
}

const SELECTING = ['deployments.apps', 'replicasets.apps', 'statefulsets.apps', 'daemonsets.apps'];

function selectorProblems(resource: string, object: NewObject): StatusCause[] {
  if (!SELECTING.includes(resource)) return [];
  const selector = valueAt(object, 'spec', 'selector');
  const labels = stringMapAt(object, 'spec', 'template', 'metadata', 'labels');
  const problems = labelProblems('spec.template.metadata.labels', labels);
  if (!isRecord(selector)) return [required('spec.selector'), ...problems];
  const isEmpty =
    Object.keys(recordAt(selector, 'matchLabels')).length + recordsAt(selector, 'matchExpressions').length === 0;
  if (isEmpty) problems.push(invalidValue('spec.selector', selector, 'empty selector is invalid for deployment'));
  if (!matchesLabelSelector(toLabelSelector(selector), labels)) {
    problems.push(invalidValue('spec.template.metadata.labels', labels, '`selector` does not match template `labels`'));
  }
  return problems;
}

const POD_IS_FIXED: StatusCause = {
  reason: 'FieldValueForbidden',
  message:
    'Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
  field: 'spec',
};

/** A pod spec without the few fields that may change. */
function fixedPodParts(pod: NewObject): JsonObject {
  const {
    tolerations: _tolerations,
    activeDeadlineSeconds: _deadline,
    terminationGracePeriodSeconds: _grace,
    ...spec
  } = recordAt(pod, 'spec');
  const withoutImage = (list: string) => recordsAt(spec, list).map(({ image: _image, ...rest }) => rest);
  // The scheduler's binding sets the node; only a pod without one gets it.
  const { nodeName: _node, ephemeralContainers: _ephemeral, ...fixed } = spec;
  return { ...fixed, containers: withoutImage('containers'), initContainers: withoutImage('initContainers') };
}
