import type { Result } from '@/lib/core/result';
import { labelOf } from './label-selector';
import { labelKeyProblems, labelValueProblems } from './label-syntax';
import type { StringMap } from './object-types';

export type RequirementOperator = '=' | '!=' | 'in' | 'notin' | 'exists' | '!' | '>' | '<';

/** One term of a selector as written on a command line or in `?labelSelector=`. */
export interface Requirement {
  readonly key: string;
  readonly operator: RequirementOperator;
  readonly values: readonly string[];
}

const WORD = /[^\s=!(),<>]+/y;
const SYMBOLS: ReadonlySet<string> = new Set(['==', '!=', '=', '!', '(', ')', ',', '>', '<']);
const IS_SYMBOL = /[=!(),<>]/;

const fail = (message: string) => ({ ok: false, message }) as const;
const failTerm = (message: string) => fail(`unable to parse requirement: ${message}`);

/**
 * Parses a label selector in the notation of kubectl's `-l`.
 *
 * Input: terms separated by commas: `a=b`, `a==b`, `a!=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`, `a>1`, `a<1`.
 * Output: the terms in written order; none for blank text, which selects everything.
 * Fails on the first bad term and quotes it.
 * Source: k8s.io/apimachinery, pkg/labels/selector.go, Parse.
 */
export function parseLabelSelector(text: string): Result<readonly Requirement[]> {
  const requirements: Requirement[] = [];
  let rest = tokenize(text);
  if (rest.length === 0) return { ok: true, value: [] };
  if (!isWord(rest[0]) && rest[0] !== '!')
    return fail(`found '${rest[0] ?? ''}', expected: !, identifier, or 'end of string'`);
  for (;;) {
    const term = parseTerm(rest);
    if (!term.ok) return term;
    requirements.push(term.value.requirement);
    const [separator, next] = term.value.rest;
    if (separator === undefined) break;
    if (separator !== ',') return fail(`found '${separator}', expected: ',' or 'end of string'`);
    if (!isWord(next) && next !== '!') return fail(`found '${next ?? ''}', expected: identifier after ','`);
    rest = term.value.rest.slice(1);
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

/** Words and symbols in order. The longest run of symbol characters that is a symbol counts as one. */
function tokenize(text: string): string[] {
  const tokens: string[] = [];
  for (let at = 0; at < text.length; ) {
    const two = text.slice(at, at + 2);
    const one = text.charAt(at);
    WORD.lastIndex = at;
    const word = WORD.exec(text)?.[0];
    const token = word ?? (SYMBOLS.has(two) ? two : one);
    if (token.trim() !== '') tokens.push(token);
    at += token.length;
  }
  return tokens;
}

function isWord(token: string | undefined): boolean {
  return token !== undefined && !IS_SYMBOL.test(token);
}

interface Term {
  readonly requirement: Requirement;
  readonly rest: readonly string[];
}

function parseTerm(tokens: readonly string[]): Result<Term> {
  const isNegated = tokens[0] === '!';
  const [key = '', operator, ...rest] = isNegated ? tokens.slice(1) : tokens;
  if (!isWord(tokens[isNegated ? 1 : 0])) return failTerm(`found '${key}', expected: identifier`);
  const problems = labelKeyProblems(key);
  if (problems.length > 0) return failTerm(`<nil>: Invalid value: ${JSON.stringify(key)}: ${problems.join('; ')}`);
  if (isNegated) return { ok: true, value: { requirement: { key, operator: '!', values: [] }, rest: tokens.slice(2) } };
  if (operator === undefined || operator === ',') {
    return { ok: true, value: { requirement: { key, operator: 'exists', values: [] }, rest: tokens.slice(1) } };
  }
  if (operator === 'in' || operator === 'notin') return parseSet(key, operator, rest);
  if (operator === '=' || operator === '==' || operator === '!=' || operator === '>' || operator === '<') {
    return parseComparison(key, operator === '==' ? '=' : operator, rest);
  }
  return failTerm(`found '${operator}', expected: in, notin, =, ==, !=, gt, lt`);
}

function parseComparison(key: string, operator: RequirementOperator, tokens: readonly string[]): Result<Term> {
  const [first] = tokens;
  const isEmpty = first === undefined || first === ',';
  if (!isEmpty && !isWord(first)) return failTerm(`found '${first}', expected: identifier`);
  const value = isEmpty ? '' : first;
  return checkValues({ key, operator, values: [value] }, isEmpty ? tokens : tokens.slice(1));
}

function parseSet(key: string, operator: RequirementOperator, tokens: readonly string[]): Result<Term> {
  const [open, first] = tokens;
  if (open !== '(') return failTerm(`found '${open ?? ''}' expected: '('`);
  if (first === ')') return checkValues({ key, operator, values: [''] }, tokens.slice(2));
  if (!isWord(first) && first !== ',') return failTerm(`found '${first ?? ''}', expected: ',', ')' or identifier`);
  const values: string[] = [];
  for (let at = 1; ; at += 1) {
    const token = tokens[at];
    const next = tokens[at + 1];
    if (token !== undefined && isWord(token)) {
      values.push(token);
      if (next === ')') return checkValues({ key, operator, values }, tokens.slice(at + 2));
      if (next !== ',') return failTerm(`found '${next ?? ''}', expected: ',' or ')'`);
    } else if (token === ',') {
      // `(,a)`, `(a,,b)` and `(a,)` hold an empty value.
      if (values.length === 0 || next === ')' || next === ',') values.push('');
      if (next === ')') return checkValues({ key, operator, values }, tokens.slice(at + 2));
    } else return failTerm(`found '${token ?? ''}', expected: ',', or identifier`);
  }
}

/** The term with its values as a sorted set, or all that is wrong with them. */
function checkValues(term: Requirement, rest: readonly string[]): Result<Term> {
  const values = [...new Set(term.values)].sort();
  const isNumeric = term.operator === '>' || term.operator === '<';
  const problems = [
    ...values
      .map((value, at) => `values[${at}]: Invalid value: ${JSON.stringify(value)}: ${NOT_A_NUMBER}`)
      .filter((_text, at) => isNumeric && !INTEGER.test(values[at] ?? '')),
    ...values.flatMap((value, at) => {
      const wrong = labelValueProblems(value).join('; ');
      return wrong === '' ? [] : [`values[${at}][${term.key}]: Invalid value: ${JSON.stringify(value)}: ${wrong}`];
    }),
  ];
  if (problems.length > 0) return failTerm(problems.length === 1 ? (problems[0] ?? '') : `[${problems.join(', ')}]`);
  return { ok: true, value: { requirement: { ...term, values }, rest } };
}

const INTEGER = /^[-+]?\d+$/;
const NOT_A_NUMBER = "for 'Gt', 'Lt' operators, the value must be an integer";
