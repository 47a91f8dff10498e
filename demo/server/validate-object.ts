import { invalid, type StatusCause } from './api-error';
import { POD_TEMPLATE_PATHS } from './defaults.data';
import { forbiddenField } from './field-problems';
import { fixedFieldProblems } from './immutable-problems';
import { recordAt, valueAt } from './json-access';
import { type KindRow, resourceId } from './kind-row';
import type { KubeObject, NewObject } from './object-types';
import { clusterIpProblems, dataProblems, immutableProblems, serviceProblems } from './validate-core';
import { invalidValue, metadataProblems, type NameRule, required } from './validate-names';
import { podSpecProblems } from './validate-pod-spec';
import { podUpdateProblems } from './validate-pod-update';
import { webhookProblems } from './validate-webhooks';
import { WORKLOAD_CHECKS } from './validate-workload';
import { NAME_RULES, REQUIRED_FIELDS, TEMPLATE_RESTART_POLICIES } from './validation.data';

/** Refuses, with 422 and a cause per field, an object that the real server would refuse. */
export function validateCreate(row: KindRow, object: NewObject): void {
  refuse(row, object, problemsOf(row, object));
}

/** The same for a changed object, and for what must not change. */
export function validateUpdate(row: KindRow, object: NewObject, current: KubeObject): void {
  const resource = resourceId(row);
  const problems = [...problemsOf(row, object), ...metadataUpdateProblems(object, current)];
  problems.push(...fixedFieldProblems(resource, object, current));
  if (resource === 'services') problems.push(...clusterIpProblems(object, current));
  if (resource === 'configmaps' || resource === 'secrets') problems.push(...immutableProblems(object, current));
  if (resource === 'pods') problems.push(...podUpdateProblems(object, current));
  refuse(row, object, problems);
}

// The real server looks at these twice, in the storage and in the kind's own checks.
function metadataUpdateProblems({ metadata }: NewObject, { metadata: before }: KubeObject): StatusCause[] {
  const fixed = (['uid', 'deletionTimestamp'] as const).filter(
    (field) => metadata[field] !== undefined && metadata[field] !== before[field],
  );
  const problems = fixed.map((field) => invalidValue(`metadata.${field}`, metadata[field], 'field is immutable'));
  problems.push(...finalizerProblems(metadata.finalizers ?? [], before));
  return [...problems, ...problems];
}

function finalizerProblems(finalizers: readonly string[], before: KubeObject['metadata']): StatusCause[] {
  if (before.deletionTimestamp === undefined) return [];
  const added = finalizers.filter((name) => before.finalizers?.includes(name) !== true);
  if (added.length === 0) return [];
  const shown = `[]string{${added.map((name) => JSON.stringify(name)).join(', ')}}`;
  const why = `no new finalizers can be added if the object is being deleted, found new finalizers ${shown}`;
  return [forbiddenField('metadata.finalizers', why)];
}

function refuse(row: KindRow, object: NewObject, problems: readonly StatusCause[]): void {
  if (problems.length > 0) throw invalid(row.group, row.kind, object.metadata.name ?? '', problems);
}

function problemsOf(row: KindRow, object: NewObject): StatusCause[] {
  const resource = resourceId(row);
  const rule: NameRule = NAME_RULES[resource] ?? 'subdomain';
  const checks = WORKLOAD_CHECKS[resource];
  const path = POD_TEMPLATE_PATHS[resource];
  const restartPolicies = TEMPLATE_RESTART_POLICIES[resource];
  return [
    ...metadataProblems(object.metadata, rule),
    ...requiredProblems(resource, object),
    ...(checks?.before?.(object) ?? []),
    ...(path === undefined
      ? []
      : podSpecProblems(path.join('.'), recordAt(object, ...path), {
          isPod: resource === 'pods',
          ...(restartPolicies === undefined ? {} : { restartPolicies }),
        })),
    ...(checks?.after?.(object) ?? []),
    ...(resource === 'services' ? serviceProblems(object) : []),
    ...(row.group === 'admissionregistration.k8s.io' ? webhookProblems(object) : []),
    ...(resource === 'configmaps' || resource === 'secrets' ? dataProblems(object) : []),
  ];
}

function requiredProblems(resource: string, object: NewObject): StatusCause[] {
  return (REQUIRED_FIELDS[resource] ?? [])
    .filter((path) => isEmpty(valueAt(object, ...path.split('.'))))
    .map((path) => required(path));
}

const isEmpty = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
