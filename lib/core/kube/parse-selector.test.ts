import { describe, expect, it } from 'vitest';
import { isLabelKey, isLabelValue } from './label-syntax';
import { matchesRequirements, parseLabelSelector, type Requirement } from './parse-selector';

const term = (key: string, operator: Requirement['operator'], ...values: string[]): Requirement => ({
  key,
  operator,
  values,
});

describe('parseLabelSelector', () => {
  it.each<[text: string, want: readonly Requirement[]]>([
    ['', []],
    ['  ', []],
    ['app=web', [term('app', '=', 'web')]],
    ['app == web', [term('app', '=', 'web')]],
    ['app!=web', [term('app', '!=', 'web')]],
    ['app=', [term('app', '=', '')]],
    ['app=,tier', [term('app', '=', ''), term('tier', 'exists')]],
    ['app', [term('app', 'exists')]],
    ['!app', [term('app', '!')]],
    ['app in (a, b),!x', [term('app', 'in', 'a', 'b'), term('x', '!')]],
    ['app notin (a)', [term('app', 'notin', 'a')]],
    ['app in ()', [term('app', 'in', '')]],
    ['app in (,a)', [term('app', 'in', '', 'a')]],
    ['istio.io/rev=1-10-2,size>3', [term('istio.io/rev', '=', '1-10-2'), term('size', '>', '3')]],
  ])('reads %j', (text, want) => {
    expect(parseLabelSelector(text)).toEqual({ ok: true, value: want });
  });

  it.each<[text: string, quoted: string]>([
    ['app=web,', "found ''"],
    ['app=web tier=x', "found 'tier'"],
    ['app in a', "found 'a' expected: '('"],
    ['app in (a', "expected: ',' or ')'"],
    ['app in (a b)', "found 'b', expected: ',' or ')'"],
    ['app like x', "found 'like'"],
    ['-app=x', '"-app"'],
    ['app=-x', '"-x"'],
    ['app>x', "'Gt', 'Lt'"],
    ['a/b/c=x', '"a/b/c"'],
    ['=x', "found '='"],
  ])('refuses %j', (text, quoted) => {
    const result = parseLabelSelector(text);
    expect(result.ok ? 'accepted' : result.message).toContain(quoted);
  });
});

describe('matchesRequirements', () => {
  const LABELS = { app: 'web', size: '5' };
  it.each<[text: string, want: boolean]>([
    ['app=web', true],
    ['app=db', false],
    ['app!=db', true],
    ['zone!=a', true],
    ['app in (web,db)', true],
    ['zone in (a)', false],
    ['zone notin (a)', true],
    ['app notin (web)', false],
    ['app', true],
    ['!app', false],
    ['!zone', true],
    ['size>4', true],
    ['size<4', false],
    ['app>4', false],
    ['app=web,zone', false],
  ])('%s', (text, want) => {
    const parsed = parseLabelSelector(text);
    expect(parsed.ok && matchesRequirements(parsed.value, LABELS)).toBe(want);
  });

  it('takes everything without requirements', () => {
    expect(matchesRequirements([], undefined)).toBe(true);
  });
});

it.each<[text: string, isKey: boolean, isValue: boolean]>([
  ['app', true, true],
  ['app.kubernetes.io/name', true, false],
  ['', false, true],
  ['/name', false, false],
  ['Example.com/name', false, false],
  ['a_b.c-d', true, true],
  ['a-', false, false],
  ['x'.repeat(63), true, true],
  ['x'.repeat(64), false, false],
  [`${'a.'.repeat(126)}ab/name`, false, false],
])('%j as key %s, as value %s', (text, isKey, isValue) => {
  expect([isLabelKey(text), isLabelValue(text)]).toEqual([isKey, isValue]);
});
