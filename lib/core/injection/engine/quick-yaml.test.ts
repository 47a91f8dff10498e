import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadExact } from './library-yaml';
import { readQuickYaml } from './quick-yaml';
import { resolveScalar } from './yaml-scalars';

const read = (text: string) => readQuickYaml(text, (source) => resolveScalar(source, true));

describe('readQuickYaml', () => {
  it.each<[text: string, value: unknown]>([
    ['metadata:\n  labels:\n    a: b\nspec:\n  - x', { metadata: { labels: { a: 'b' } }, spec: ['x'] }],
    ['a:\n- b: 1\n  c: yes\n- -z\n-   "q"  \nd:\n', { a: [{ b: 1, c: true }, '-z', 'q'], d: null }],
    ['a: {\n    b/c: "d",\n  e: [1, f.g,\n],\n}\nh: {}', { a: { 'b/c': 'd', e: [1, 'f.g'] }, h: {} }],
    ['a:\n- b: |\n     x\n       y\n\n     z\n\n  c: |-\n    w\n', { a: [{ b: 'x\n  y\n\nz\n', c: 'w' }] }],
    ["\n # note\na: 0644 \n\n  # note\nb: '#'\n", { a: 420, b: '#' }],
    ['{"a":"\\u003c\\n","b": [true]}\n', { a: '<\n', b: [true] }],
    ['a: 1\na: 2', { a: 2 }],
    ['a: x – y\nb: "é"\nc: |\n  ü\n', { a: 'x – y', b: 'é', c: 'ü\n' }],
  ])('reads %j', (text, value) => {
    expect(read(text)).toEqual(value);
    expect(loadExact(text)).toEqual({ ok: true, value });
  });

  it.each([
    ...[
      '',
      '# nothing',
      'a',
      'a: &x b',
      'a: *x',
      'a: !!str 1',
      'a: b # note',
      'a: b: c',
      'a: >\n  b\n',
      'a: |2\n   b\n',
    ],
    ...['a: b\n  c', 'a:\n  b: 1\n c: 2', 'a: "b\n  c"', "a: 'it''s'", 'a: "\\x41"', 'a: "\\ud83d\\ude00"', 'a: é'],
    ...[
      '---\na: b',
      '? a\n: b',
      'yes: 1',
      '1: 2',
      '__proto__: 1',
      '<<: {a: b}',
      '- - a',
      '-\n  a',
      'a: |\n  b',
      'a: |\n    b\n  c\n',
    ],
    ...[
      '{a: b} c',
      '{a: b, c}',
      '{a: b c}',
      'a: {b: c} # note',
      'a: [b\n',
      'a: <no value>',
      '"<<": {a: b}',
      'a:\tb',
      'a: b\r\n',
    ],
    `${'['.repeat(60)}${']'.repeat(60)}`,
  ])('leaves %j to the library', (text) => {
    expect(read(text)).toBeUndefined();
  });

  const plain = fc.constantFrom(
    'a',
    '',
    '',
    'x/y.z',
    '1',
    '0x1F',
    '-3',
    'null',
    'x:y',
    'a b',
    '"q"',
    "'q'",
    '{a: b}',
    '[1, x]',
    '[--a=b, -c, -1]',
    '{a: -=, ---: b}',
    '[-',
    '---]',
    '|',
    '|-',
    '$(A)',
  );
  const odd = fc.constantFrom(
    ...[
      'y',
      '1e9',
      '.5',
      'a: b',
      'a #b',
      '#',
      '~',
      '"a: b"',
      '"\\n"',
      '"\\u00e9"',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      ',',
      '{"a":1}',
      '{}',
    ],
    ...['>', '&x', '*x', '<<', '!t', '?', '---', '...', '-', '- ', ':', '  ', '@', '%', '\\'],
  );
  const word = fc.oneof({ weight: 6, arbitrary: plain }, { weight: 1, arbitrary: odd });
  const line = fc
    .tuple(
      fc.constantFrom('', '', '  ', '  ', '    ', '   '),
      fc.constantFrom('', '', '', '- ', '- ', '-  ', '- - '),
      fc.constantFrom('', 'a: ', 'a: ', 'b:  ', 'c: ', '"k": ', "'s': ", 'y: '),
      word,
      fc.constantFrom('', '', '', '', '', ' ', ',', ' # note'),
    )
    .map((parts) => parts.join(''));
  const text = fc
    .tuple(fc.array(line, { maxLength: 7 }), fc.constantFrom('', '\n', '\n\n'))
    .map(([lines, end]) => lines.join('\n') + end);

  it('makes of a text what the library makes of it, or nothing', () => {
    let readTexts = 0;
    const check = (sample: string) => {
      const value = read(sample);
      if (value === undefined) return;
      readTexts += 1;
      const loaded = loadExact(sample);
      expect(loaded).toStrictEqual({ ok: true, value });
      expect(JSON.stringify(value)).toBe(JSON.stringify(loaded.ok && loaded.value));
    };
    fc.assert(fc.property(text, check), {
      numRuns: 40_000,
      seed: 7,
    });
    expect(readTexts).toBeGreaterThan(1_000);
  });
});
