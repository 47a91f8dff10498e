import { BadPattern, type RuneTest } from './pattern-nodes';

/** Classes in the syntax of JavaScript's `u` flag; each is tested on one character only, so nothing can backtrack. */
const PERL: Readonly<Record<string, string>> = { d: '0-9', w: '0-9A-Za-z_', s: '\\t\\n\\f\\r ' };
const POSIX: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7f',
  blank: '\\t ',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};
const CONTROLS: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

export interface FoundTest {
  readonly test: RuneTest;
  readonly end: number;
}

function testOf(members: string, ignoreCase: boolean, isNegated: boolean): RuneTest {
  const pattern = new RegExp(`^[${members}]$`, ignoreCase ? 'iu' : 'u');
  return (rune) => pattern.test(String.fromCodePoint(rune)) !== isNegated;
}

const anyOf =
  (tests: readonly RuneTest[]): RuneTest =>
  (rune) =>
    tests.some((test) => test(rune));

interface FoundRune {
  readonly rune: number;
  readonly end: number;
}

function hexRune(runes: readonly string[], at: number): FoundRune {
  const rest = runes.slice(at, at + 12).join('');
  const match = /^\\x(?:\{([0-9A-Fa-f]{1,8})\}|([0-9A-Fa-f]{2}))/.exec(rest);
  const rune = Number.parseInt(match?.[1] ?? match?.[2] ?? '', 16);
  if (match === null || rune > 0x10ffff) throw new BadPattern('invalid escape sequence', rest.slice(0, 3));
  return { rune, end: at + match[0].length };
}

/** An escape that stands for one character. */
function escapedRune(runes: readonly string[], at: number): FoundRune {
  const letter = runes[at + 1];
  if (letter === undefined) throw new BadPattern('trailing backslash at end of expression', '');
  const control = CONTROLS[letter];
  if (control !== undefined) return { rune: control, end: at + 2 };
  if (letter === 'x') return hexRune(runes, at);
  const octal = /^(?:0[0-7]{0,2}|[1-7][0-7]{2})/.exec(runes.slice(at + 1, at + 4).join(''));
  if (octal !== null) return { rune: Number.parseInt(octal[0], 8), end: at + 1 + octal[0].length };
  if (/^[0-9A-Za-z]$/.test(letter) || letter > '\x7f') throw new BadPattern('invalid escape sequence', `\\${letter}`);
  return { rune: letter.codePointAt(0) ?? 0, end: at + 2 };
}

/** `\d`, `\pL`, `\p{Greek}` and their negations; undefined for other escapes. */
function namedClass(runes: readonly string[], at: number, ignoreCase: boolean): FoundTest | undefined {
  const letter = runes[at + 1] ?? '';
  const perl = PERL[letter.toLowerCase()];
  if (perl !== undefined && /^[dDsSwW]$/.test(letter)) {
    return { test: testOf(perl, ignoreCase, letter !== letter.toLowerCase()), end: at + 2 };
  }
  if (letter !== 'p' && letter !== 'P') return undefined;
  const rest = runes.slice(at + 2, at + 40).join('');
  const match = /^(?:\{(\^?)([A-Za-z_]+)\}|([A-Za-z]))/.exec(rest);
  const name = match?.[2] ?? match?.[3] ?? '';
  const isNegated = (letter === 'P') !== (match?.[1] === '^');
  const end = at + 2 + (match?.[0].length ?? 0);
  if (name === 'Any') return { test: () => !isNegated, end };
  for (const property of [`\\p{${name}}`, `\\p{Script=${name}}`]) {
    try {
      return { test: testOf(property, ignoreCase, isNegated), end };
    } catch {
      // Neither a category nor a script: the next spelling is tried.
    }
  }
  throw new BadPattern('invalid character class range', `\\${letter}${match?.[0] ?? ''}`);
}

/** An escape outside a class. */
export function parseEscape(runes: readonly string[], at: number, ignoreCase: boolean): FoundTest {
  const named = namedClass(runes, at, ignoreCase);
  if (named !== undefined) return named;
  const { rune, end } = escapedRune(runes, at);
  return { test: testOf(`\\u{${rune.toString(16)}}`, ignoreCase, false), end };
}

function posixClass(runes: readonly string[], at: number, ignoreCase: boolean): FoundTest | undefined {
  const match = /^\[:(\^?)([a-z]+):\]/.exec(runes.slice(at, at + 16).join(''));
  if (match === null) return undefined;
  const members = POSIX[match[2] ?? ''];
  if (members === undefined) throw new BadPattern('invalid character class range', match[0]);
  return { test: testOf(members, ignoreCase, match[1] === '^'), end: at + match[0].length };
}

function singleRune(runes: readonly string[], at: number): FoundRune {
  const character = runes[at] ?? '';
  return character === '\\' ? escapedRune(runes, at) : { rune: character.codePointAt(0) ?? 0, end: at + 1 };
}

function range(runes: readonly string[], at: number, ignoreCase: boolean): FoundTest {
  const low = singleRune(runes, at);
  const isRange = runes[low.end] === '-' && runes[low.end + 1] !== ']' && runes[low.end + 1] !== undefined;
  const high = isRange ? singleRune(runes, low.end + 1) : low;
  if (high.rune < low.rune) {
    throw new BadPattern('invalid character class range', runes.slice(at, high.end).join(''));
  }
  const members = `\\u{${low.rune.toString(16)}}-\\u{${high.rune.toString(16)}}`;
  return { test: testOf(members, ignoreCase, false), end: high.end };
}

/** A class in brackets, from its `[`. */
export function parseClass(runes: readonly string[], start: number, ignoreCase: boolean): FoundTest {
  const isNegated = runes[start + 1] === '^';
  const tests: RuneTest[] = [];
  let at = start + (isNegated ? 2 : 1);
  for (let isFirst = true; runes[at] !== ']' || isFirst; isFirst = false) {
    if (runes[at] === undefined) throw new BadPattern('missing closing ]', runes.slice(start).join(''));
    const named = runes[at] === '\\' ? namedClass(runes, at, ignoreCase) : posixClass(runes, at, ignoreCase);
    const found = named ?? range(runes, at, ignoreCase);
    tests.push(found.test);
    at = found.end;
  }
  const test = anyOf(tests);
  return { test: isNegated ? (rune) => !test(rune) : test, end: at + 1 };
}
