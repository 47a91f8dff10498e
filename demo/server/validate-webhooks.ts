import type { StatusCause } from './api-error';
import { duplicate, unsupported } from './field-problems';
import { isRecord, recordsAt, stringAt, stringsAt } from './json-access';
import type { JsonObject, NewObject } from './object-types';
import { invalidValue, required } from './validate-names';

const OPERATIONS = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];
const SIDE_EFFECTS = ['None', 'NoneOnDryRun'];

/** Source: k8s.io/kubernetes, pkg/apis/admissionregistration/validation, without the compilation of match conditions. */
export function webhookProblems(configuration: NewObject): StatusCause[] {
  return recordsAt(configuration, 'webhooks').flatMap((webhook, index) => entryProblems(`webhooks[${index}]`, webhook));
}

function entryProblems(field: string, webhook: JsonObject): StatusCause[] {
  const { timeoutSeconds, sideEffects, reinvocationPolicy } = webhook;
  const versions = stringsAt(webhook, 'admissionReviewVersions');
  const name = stringAt(webhook, 'name') ?? '';
  const isDomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?){2,}$/.test(name);
  const isTimely = typeof timeoutSeconds === 'number' && timeoutSeconds >= 1 && timeoutSeconds <= 30;
  return [
    ...(isDomain
      ? []
      : [invalidValue(`${field}.name`, name, 'should be a domain with at least three segments separated by dots')]),
    ...recordsAt(webhook, 'rules').flatMap((rule, index) => ruleProblems(`${field}.rules[${index}]`, rule)),
    ...oneOf(`${field}.failurePolicy`, webhook.failurePolicy, ['Fail', 'Ignore']),
    ...oneOf(`${field}.matchPolicy`, webhook.matchPolicy, ['Equivalent', 'Exact']),
    ...(sideEffects === undefined
      ? [required(`${field}.sideEffects`, `must specify one of ${SIDE_EFFECTS.join(', ')}`)]
      : oneOf(`${field}.sideEffects`, sideEffects, SIDE_EFFECTS)),
    ...(isTimely
      ? []
      : [
          invalidValue(`${field}.timeoutSeconds`, timeoutSeconds, 'the timeout value must be between 1 and 30 seconds'),
        ]),
    ...(reinvocationPolicy === undefined
      ? []
      : oneOf(`${field}.reinvocationPolicy`, reinvocationPolicy, ['IfNeeded', 'Never'])),
    ...clientProblems(`${field}.clientConfig`, webhook),
    ...conditionProblems(`${field}.matchConditions`, webhook),
    ...(versions.length === 0 ? [required(`${field}.admissionReviewVersions`, 'must specify one of v1, v1beta1')] : []),
  ];
}

function oneOf(field: string, value: unknown, supported: readonly string[]): StatusCause[] {
  return supported.includes(String(value)) ? [] : [unsupported(field, value, supported)];
}

function ruleProblems(field: string, rule: JsonObject): StatusCause[] {
  const problems: StatusCause[] = [];
  const operations = stringsAt(rule, 'operations');
  if (operations.length === 0) problems.push(required(`${field}.operations`));
  if (operations.length > 1 && operations.includes('*')) {
    problems.push(
      invalidValue(`${field}.operations`, operations, "if '*' is present, must not specify other operations"),
    );
  }
  for (const [index, operation] of operations.entries())
    problems.push(...oneOf(`${field}.operations[${index}]`, operation, OPERATIONS));
  for (const [list, word] of [
    ['apiGroups', 'groups'],
    ['apiVersions', 'versions'],
  ] as const) {
    const values = stringsAt(rule, list);
    if (values.length === 0) problems.push(required(`${field}.${list}`));
    if (values.length > 1 && values.includes('*')) {
      problems.push(invalidValue(`${field}.${list}`, values, `if '*' is present, must not specify other API ${word}`));
    }
  }
  const resources = stringsAt(rule, 'resources');
  if (resources.length === 0) problems.push(required(`${field}.resources`));
  if (resources.includes('*') && resources.some((resource) => resource !== '*' && !resource.includes('/'))) {
    const why = "if '*' is present, must not specify other resources without subresources";
    problems.push(invalidValue(`${field}.resources`, resources, why));
  }
  return [...problems, ...oneOf(`${field}.scope`, rule.scope, ['*', 'Cluster', 'Namespaced'])];
}

function clientProblems(field: string, webhook: JsonObject): StatusCause[] {
  const client = isRecord(webhook.clientConfig) ? webhook.clientConfig : {};
  const url = stringAt(client, 'url');
  if ((url === undefined) === !isRecord(client.service))
    return [required(field, 'exactly one of url or service is required')];
  if (url === undefined) return [];
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1] ?? '';
  const form = 'desired format: https://host[/path]';
  const query = url.split('?')[1];
  return [
    ...(scheme === 'https'
      ? []
      : [invalidValue(`${field}.url`, scheme, `'https' is the only allowed URL scheme; ${form}`)]),
    ...(query === undefined
      ? []
      : [invalidValue(`${field}.url`, query, 'query parameters are not permitted in the URL')]),
  ];
}

function conditionProblems(field: string, webhook: JsonObject): StatusCause[] {
  const seen = new Set<string>();
  return recordsAt(webhook, 'matchConditions').flatMap((condition, index) => {
    const name = stringAt(condition, 'name') ?? '';
    const isKnown = seen.has(name);
    seen.add(name);
    if (name === '') return [required(`${field}[${index}].name`)];
    return isKnown ? [duplicate(`${field}[${index}].name`, name)] : [];
  });
}
