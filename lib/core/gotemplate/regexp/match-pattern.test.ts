import { describe, expect, it } from 'vitest';
import { Budget, DEFAULT_LIMITS } from '@/lib/core/gotemplate/evaluate/limits';
import { fromByteString, toByteString } from '@/lib/core/gotemplate/values/byte-string';
import { GoRegexp } from './match-pattern';

const matches = (pattern: string, text: string) => {
  const bytes = toByteString(text);
  const found = new GoRegexp(toByteString(pattern)).findAll(bytes, -1, new Budget(DEFAULT_LIMITS));
  return found.map(([start = 0, end = 0]) => fromByteString(bytes.slice(start, end)));
};

// Expected values were read off Go's regexp.
describe('regular expressions', () => {
  it.each<[pattern: string, text: string, want: string[]]>([
    ['a|ab', 'abab', ['a', 'a']],
    ['a*', 'baac', ['', 'aa', '']],
    ['a+?', 'aaa', ['a', 'a', 'a']],
    ['(?U)a+', 'aaa', ['a', 'a', 'a']],
    ['a{2,3}', 'aaaaa', ['aaa', 'aa']],
    ['^a', 'a\na', ['a']],
    ['(?m)^a$', 'a\na', ['a', 'a']],
    ['a.b', 'a\nb', []],
    ['(?s)a.b', 'a\nb', ['a\nb']],
    ['(?i)É', 'aéÉ', ['é', 'É']],
    ['\\bfoo\\b', 'foo food foo', ['foo', 'foo']],
    ['[^a-c]+', 'abcxyzabc', ['xyz']],
    ['[[:digit:]]+', 'a12b3', ['12', '3']],
    ['\\p{Greek}+', 'aαβb', ['αβ']],
    ['\\pL', 'é1', ['é']],
    ['\\Qa.b\\E', 'axb a.b', ['a.b']],
    ['x(?P<n>a|b)', 'xaxb', ['xa', 'xb']],
    ['[]a]+', 'a]b', ['a]']],
    ['{', 'a{', ['{']],
    ['日.', '日本', ['日本']],
  ])('%s in %j', (pattern, text, want) => {
    expect(matches(pattern, text)).toEqual(want);
  });

  it.each([
    ['a**', 'invalid nested repetition operator: `**`'],
    ['*a', 'missing argument to repetition operator: `*`'],
    ['(a', 'missing closing ): `(a`'],
    ['a)', 'unexpected ): `a)`'],
    ['[a', 'missing closing ]: `[a`'],
    ['a{1001}', 'invalid repeat count: `{1001}`'],
    ['\\q', 'invalid escape sequence: `\\q`'],
    ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
    ['[z-a]', 'invalid character class range: `z-a`'],
    ['a\\', 'trailing backslash at end of expression: ``'],
  ])('refuses %s', (pattern, message) => {
    expect(() => new GoRegexp(pattern)).toThrow(`error parsing regexp: ${message}`);
  });
});
