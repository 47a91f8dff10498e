import { isLabelKey, isLabelValue, LABEL_KEY_RULE, LABEL_VALUE_RULE } from '@/lib/core/kube/label-syntax';
import type { StatusCause } from './api-error';
import { isRecord } from './json-access';
import type { NewMeta } from './object-types';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const LABEL_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;

export type NameRule = 'label' | 'label-1035' | 'subdomain' | 'path';

interface Rule {
  readonly pattern: RegExp;
  readonly longest: number;
  readonly text: string;
}

const RULES: Readonly<Record<Exclude<NameRule, 'path'>, Rule>> = {
  label: {
    pattern: new RegExp(`^${LABEL}$`),
    longest: 63,
    text: `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${LABEL}')`,
  },
  'label-1035': {
    pattern: new RegExp(`^${LABEL_1035}$`),
    longest: 63,
    text: `a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '${LABEL_1035}')`,
  },
  subdomain: {
    pattern: new RegExp(`^${SUBDOMAIN}$`),
    longest: 253,
    text: `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${SUBDOMAIN}')`,
  },
};

export function required(field: string, detail = ''): StatusCause {
  return { reason: 'FieldValueRequired', message: `Required value${detail === '' ? '' : `: ${detail}`}`, field };
}

export function invalidValue(field: string, value: unknown, detail: string): StatusCause {
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${JSON.stringify(value)}: ${detail}`, field };
}

/** What is wrong with a name, each in the real server's own words; none when it is good. */
export function nameProblems(field: string, name: string, rule: NameRule): StatusCause[] {
  if (rule === 'path') {
    if (name === '.' || name === '..') return [invalidValue(field, name, `may not be '${name}'`)];
    const bad = ['/', '%'].filter((part) => name.includes(part));
    return bad.map((part) => invalidValue(field, name, `may not contain '${part}'`));
  }
  const { pattern, longest, text } = RULES[rule];
  const unit = rule === 'subdomain' ? 'characters' : 'bytes';
  const problems: StatusCause[] = [];
  if (name.length > longest) problems.push(invalidValue(field, name, `must be no more than ${longest} ${unit}`));
  if (!pattern.test(name)) problems.push(invalidValue(field, name, text));
  return problems;
}

const LONGEST_LABEL = 63;

export function labelProblems(field: string, labels: unknown): StatusCause[] {
  if (!isRecord(labels)) return [];
  return Object.entries(labels).flatMap(([key, value]) => {
    const problems: StatusCause[] = [];
    if (!isLabelKey(key)) problems.push(invalidValue(field, key, keyProblem(key)));
    if (typeof value === 'string' && value.length > LONGEST_LABEL) {
      problems.push(invalidValue(field, value, `must be no more than ${LONGEST_LABEL} bytes`));
    }
    if (typeof value === 'string' && value.length <= LONGEST_LABEL && !isLabelValue(value)) {
      problems.push(invalidValue(field, value, LABEL_VALUE_RULE));
    }
    return problems;
  });
}

function keyProblem(key: string): string {
  const parts = key.split('/');
  if (parts.length > 2) {
    return "a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
  }
  const [prefix, name] = parts.length === 2 ? parts : [undefined, parts[0]];
  if (prefix === '') return 'prefix part must be non-empty';
  if (prefix !== undefined && !RULES.subdomain.pattern.test(prefix)) return `prefix part ${RULES.subdomain.text}`;
  if ((name ?? '') === '') return 'name part must be non-empty';
  return (name ?? '').length > LONGEST_LABEL ? 'name part must be no more than 63 bytes' : LABEL_KEY_RULE;
}

const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];

/** Names, labels, annotations and owners of an object. */
export function metadataProblems(metadata: NewMeta, rule: NameRule): StatusCause[] {
  const { name, generateName, labels, annotations, ownerReferences = [], finalizers = [] } = metadata;
  const problems: StatusCause[] = [];
  if (generateName !== undefined && generateName !== '') {
    problems.push(...nameProblems('metadata.generateName', generateName.replace(/-$/, 'a'), rule));
  }
  if (name !== undefined && name !== '') problems.push(...nameProblems('metadata.name', name, rule));
  else if (generateName === undefined) problems.push(required('metadata.name', 'name or generateName is required'));
  problems.push(...labelProblems('metadata.labels', labels));
  for (const key of Object.keys(annotations ?? {})) {
    if (!isLabelKey(key)) problems.push(invalidValue('metadata.annotations', key, keyProblem(key)));
  }
  for (const owner of ownerReferences) {
    for (const field of ['apiVersion', 'kind', 'name', 'uid'] as const) {
      if (!owner[field])
        problems.push(
          invalidValue(
            `metadata.ownerReferences.${field}`,
            '',
            field === 'apiVersion' ? 'version must not be empty' : 'must not be empty',
          ),
        );
    }
  }
  const controllers = ownerReferences.filter((owner) => owner.controller === true);
  if (controllers.length > 1) {
    const [first, second] = controllers.map((owner) => `${owner.kind}/${owner.name}`);
    const why = `Only one reference can have Controller set to true. Found "true" in references for ${first} and ${second}`;
    problems.push(invalidValue('metadata.ownerReferences', ownerReferences, why));
  }
  for (const finalizer of finalizers) {
    if (!isLabelKey(finalizer)) problems.push(invalidValue('metadata.finalizers', finalizer, keyProblem(finalizer)));
  }
  for (const [index, finalizer] of finalizers.entries()) {
    if (finalizer.includes('/') || STANDARD_FINALIZERS.includes(finalizer)) continue;
    const why = 'name is neither a standard finalizer name nor is it fully qualified';
    problems.push(invalidValue(`metadata.finalizers[${index}]`, finalizer, why));
  }
  return problems;
}
