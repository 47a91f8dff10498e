import type { Result } from '@/lib/core/result';
import { labelOf } from './label-selector';
import type { StringMap } from './object-types';

export type RequirementOperator = '=' | '!=' | 'in' | 'notin' | 'exists' | '!' | '>' | '<';

/** One term of a selector as written on a command line or in `?labelSelector=`. */
export interface Requirement {
  readonly key: string;
  readonly operator: RequirementOperator;
  readonly values: readonly string[];
}

const TOKEN = /\s*(==|!=|=|!|\(|\)|,|>|<|[^\s=!(),<>]+)/y;
const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LONGEST_PREFIX = 253;

const fail = (message: string) => ({ ok: false, message }) as const;

/** Whether a text is a label key: a name of at most 63 characters, perhaps behind a DNS prefix and a slash. */
export function isLabelKey(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash === -1) return NAME.test(text);
  const prefix = text.slice(0, slash);
  return prefix.length <= LONGEST_PREFIX && PREFIX.test(prefix) && NAME.test(text.slice(slash + 1));
}

/** Whether a text is a label value: empty, or a name of at most 63 characters. */
export function isLabelValue(text: string): boolean {
  return text === '' || NAME.test(text);
}

/**
 * Parses a label selector in the notation of kubectl's `-l`.
 *
 * Input: terms separated by commas: `a=b`, `a==b`, `a!=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`, `a>1`, `a<1`.
 * Output: the terms in written order; none for blank text, which selects everything.
 * Fails on the first bad term and quotes it.
 * Source: k8s.io/apimachinery, pkg/labels/selector.go, Parse.
 */
export function parseLabelSelector(text: string): Result<readonly Requirement[]> {
  const tokens = tokenize(text);
  if (!tokens.ok) return tokens;
  const requirements: Requirement[] = [];
  let rest = tokens.value;
  while (rest.length > 0) {
    const term = parseTerm(rest);
    if (!term.ok) return term;
    requirements.push(term.value.requirement);
    rest = term.value.rest;
    if (rest.length === 0) break;
    if (rest[0] !== ',')
      return fail(`unable to parse requirement: found '${rest[0] ?? ''}', expected: ',' or 'end of string'`);
    rest = rest.slice(1);
    if (rest.length === 0) return fail("unable to parse requirement: found '', expected: identifier after ','");
  }
  return { ok: true, value: requirements };
}

/**
 * Whether labels meet every requirement.
 *
 * Output: true without requirements. `!=` and `notin` are met by an absent label, as upstream.
 */
export function matchesRequirements(requirements: readonly Requirement[], labels: StringMap | undefined): boolean {
  return requirements.every((requirement) => matchesRequirement(requirement, labels ?? {}));
}

function matchesRequirement({ key, operator, values }: Requirement, labels: StringMap): boolean {
  const value = labelOf(labels, key);
  switch (operator) {
    case '=':
    case 'in':
      return value !== undefined && values.includes(value);
    case '!=':
    case 'notin':
      return value === undefined || !values.includes(value);
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    case '>':
      return value !== undefined && /^-?\d+$/.test(value) && Number(value) > Number(values[0]);
    case '<':
      return value !== undefined && /^-?\d+$/.test(value) && Number(value) < Number(values[0]);
  }
}

function tokenize(text: string): Result<readonly string[]> {
  const tokens: string[] = [];
  const source = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(source)?.[1];
    if (token === undefined) return fail(`unable to parse requirement: found '${source.slice(at)}'`);
    tokens.push(token);
  }
  return { ok: true, value: tokens };
}

interface Term {
  readonly requirement: Requirement;
  readonly rest: readonly string[];
}

function parseTerm(tokens: readonly string[]): Result<Term> {
  const isNegated = tokens[0] === '!';
  const [key = '', operator, ...rest] = isNegated ? tokens.slice(1) : tokens;
  if (!isLabelKey(key)) return fail(`unable to parse requirement: <nil>: Invalid value: "${key}": ${LABEL_KEY_RULE}`);
  if (isNegated) return { ok: true, value: { requirement: { key, operator: '!', values: [] }, rest: tokens.slice(2) } };
  if (operator === undefined || operator === ',') {
    return { ok: true, value: { requirement: { key, operator: 'exists', values: [] }, rest: tokens.slice(1) } };
  }
  if (operator === 'in' || operator === 'notin') return parseSet(key, operator, rest);
  if (operator === '=' || operator === '==' || operator === '!=' || operator === '>' || operator === '<') {
    return parseComparison(key, operator === '==' ? '=' : operator, rest);
  }
  return fail(`unable to parse requirement: found '${operator}', expected: in, notin, =, ==, !=, gt, lt`);
}

function parseComparison(key: string, operator: RequirementOperator, rest: readonly string[]): Result<Term> {
  const hasValue = rest[0] !== undefined && rest[0] !== ',';
  const value = hasValue ? (rest[0] ?? '') : '';
  if (!isLabelValue(value)) return badValue(key, value);
  if ((operator === '>' || operator === '<') && !/^-?\d+$/.test(value)) {
    return fail(
      `unable to parse requirement: values[0][${key}]: Invalid value: "${value}": for 'Gt', 'Lt' operators, the value must be an integer`,
    );
  }
  const requirement = { key, operator, values: [value] };
  return { ok: true, value: { requirement, rest: hasValue ? rest.slice(1) : rest } };
}

function parseSet(key: string, operator: RequirementOperator, rest: readonly string[]): Result<Term> {
  if (rest[0] !== '(') return fail(`unable to parse requirement: found '${rest[0] ?? ''}' expected: '('`);
  const close = rest.indexOf(')');
  if (close === -1) return fail("unable to parse requirement: found '', expected: ')'");
  const values = splitValues(rest.slice(1, close));
  if (values === undefined)
    return fail(`unable to parse requirement: found '${rest.slice(1, close).join(' ')}', expected: ',' or identifier`);
  const bad = values.find((value) => !isLabelValue(value));
  if (bad !== undefined) return badValue(key, bad);
  return { ok: true, value: { requirement: { key, operator, values }, rest: rest.slice(close + 1) } };
}

// `(a,,b)` and `(,a)` hold an empty value, as upstream reads them.
function splitValues(tokens: readonly string[]): string[] | undefined {
  const values: string[] = [];
  let pending: string | undefined;
  for (const token of tokens) {
    if (token === ',') {
      values.push(pending ?? '');
      pending = undefined;
    } else if (pending === undefined && /^[^=!()<>]+$/.test(token)) pending = token;
    else return undefined;
  }
  return [...values, pending ?? ''];
}

/** What Kubernetes says of a bad label key. */
export const LABEL_KEY_RULE =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
/** What Kubernetes says of a bad label value. */
export const LABEL_VALUE_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

function badValue(key: string, value: string): { readonly ok: false; readonly message: string } {
  return fail(`unable to parse requirement: values[0][${key}]: Invalid value: "${value}": ${LABEL_VALUE_RULE}`);
}
