import { parseClass, parseEscape } from './parse-class';
import { BadPattern, type PatternNode, type RuneTest } from './pattern-nodes';

const MAX_REPEAT = 1000;
const MAX_DEPTH = 250;

export interface PatternFlags {
  readonly ignoreCase: boolean;
  readonly multiLine: boolean;
  readonly dotMatchesLine: boolean;
  readonly isUngreedy: boolean;
}

const NO_FLAGS: PatternFlags = { ignoreCase: false, multiLine: false, dotMatchesLine: false, isUngreedy: false };
const FLAG_NAMES: Readonly<Record<string, keyof PatternFlags>> = {
  i: 'ignoreCase',
  m: 'multiLine',
  s: 'dotMatchesLine',
  U: 'isUngreedy',
};

/** Tests for one literal character. */
function literalTest(rune: number, ignoreCase: boolean): RuneTest {
  if (!ignoreCase) return (other) => other === rune;
  const folded = String.fromCodePoint(rune).toLowerCase();
  return (other) => String.fromCodePoint(other).toLowerCase() === folded;
}

/** Parses RE2 syntax as Go's regexp/syntax. Input: the pattern as characters. */
export class PatternParser {
  readonly #runes: readonly string[];
  readonly #pattern: string;
  #at = 0;
  #flags = NO_FLAGS;
  #depth = 0;
  groupNames: string[] = [''];

  constructor(pattern: string) {
    this.#pattern = pattern;
    this.#runes = [...pattern];
  }

  parse(): PatternNode {
    const node = this.#choice();
    if (this.#at < this.#runes.length) throw new BadPattern('unexpected )', this.#pattern);
    return node;
  }

  #peek(offset = 0): string {
    return this.#runes[this.#at + offset] ?? '';
  }

  #choice(): PatternNode {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new BadPattern('expression nests too deeply', this.#pattern);
    const parts = [this.#sequence()];
    while (this.#peek() === '|') {
      this.#at += 1;
      parts.push(this.#sequence());
    }
    this.#depth -= 1;
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: 'choice', parts };
  }

  #sequence(): PatternNode {
    const parts: PatternNode[] = [];
    let previous = '';
    while (this.#at < this.#runes.length && this.#peek() !== '|' && this.#peek() !== ')') {
      const from = this.#at;
      const bounds = this.#bounds();
      if (bounds === undefined) {
        previous = '';
        if (this.#peek() === '\\' && this.#peek(1) === 'Q') {
          parts.push(...this.#quotation());
          continue;
        }
        const atom = this.#atom();
        // Flags by themselves are no atom: what follows repeats what was before them.
        if (atom !== undefined) parts.push(atom);
        continue;
      }
      const isLazy = this.#peek() === '?';
      if (isLazy) this.#at += 1;
      const operator = this.#runes.slice(from, this.#at).join('');
      const body = parts.pop();
      if (body === undefined) throw new BadPattern('missing argument to repetition operator', operator);
      if (previous !== '') throw new BadPattern('invalid nested repetition operator', previous + operator);
      previous = operator;
      parts.push({ kind: 'repeat', body, ...bounds, isGreedy: isLazy === this.#flags.isUngreedy });
    }
    return { kind: 'sequence', parts };
  }

  #bounds(): { readonly least: number; readonly most: number | undefined } | undefined {
    switch (this.#peek()) {
      case '*':
        this.#at += 1;
        return { least: 0, most: undefined };
      case '+':
        this.#at += 1;
        return { least: 1, most: undefined };
      case '?':
        this.#at += 1;
        return { least: 0, most: 1 };
      case '{':
        return this.#braces();
      default:
        return undefined;
    }
  }

  /** `{2,5}`; anything else in braces stands for itself. */
  #braces(): { readonly least: number; readonly most: number | undefined } | undefined {
    const rest = this.#runes.slice(this.#at, this.#at + 16).join('');
    const match = /^\{(\d+)(,(\d*))?\}/.exec(rest);
    if (match === null) return undefined;
    const least = Number(match[1]);
    const most = match[2] === undefined ? least : match[3] === '' ? undefined : Number(match[3]);
    if (least > MAX_REPEAT || (most ?? 0) > MAX_REPEAT || (most !== undefined && most < least)) {
      throw new BadPattern('invalid repeat count', match[0]);
    }
    this.#at += match[0].length;
    return { least, most };
  }

  /** One thing that matches; undefined for flags by themselves. */
  #atom(): PatternNode | undefined {
    const character = this.#peek();
    switch (character) {
      case '(':
        return this.#group();
      case '[': {
        const found = parseClass(this.#runes, this.#at, this.#flags.ignoreCase);
        this.#at = found.end;
        return { kind: 'rune', test: found.test };
      }
      case '.': {
        this.#at += 1;
        const { dotMatchesLine } = this.#flags;
        return { kind: 'rune', test: (rune) => dotMatchesLine || rune !== 10 };
      }
      case '^':
        this.#at += 1;
        return { kind: 'assert', assertion: this.#flags.multiLine ? 'line-start' : 'text-start' };
      case '$':
        this.#at += 1;
        return { kind: 'assert', assertion: this.#flags.multiLine ? 'line-end' : 'text-end' };
      case '\\':
        return this.#escape();
      default:
        this.#at += 1;
        return { kind: 'rune', test: literalTest(character.codePointAt(0) ?? 0, this.#flags.ignoreCase) };
    }
  }

  #escape(): PatternNode {
    const asserts: Readonly<Record<string, 'text-start' | 'text-end' | 'word' | 'not-word'>> = {
      A: 'text-start',
      z: 'text-end',
      b: 'word',
      B: 'not-word',
    };
    const assertion = asserts[this.#peek(1)];
    if (assertion !== undefined) {
      this.#at += 2;
      return { kind: 'assert', assertion };
    }
    const found = parseEscape(this.#runes, this.#at, this.#flags.ignoreCase);
    this.#at = found.end;
    return { kind: 'rune', test: found.test };
  }

  /** `\Q…\E`: everything between stands for itself. */
  #quotation(): PatternNode[] {
    const close = this.#runes.findIndex(
      (rune, index) => index > this.#at + 1 && rune === '\\' && this.#runes[index + 1] === 'E',
    );
    const end = close < 0 ? this.#runes.length : close;
    const quoted = this.#runes.slice(this.#at + 2, end);
    this.#at = close < 0 ? end : close + 2;
    return quoted.map((rune): PatternNode => {
      return { kind: 'rune', test: literalTest(rune.codePointAt(0) ?? 0, this.#flags.ignoreCase) };
    });
  }

  #group(): PatternNode | undefined {
    const outer = this.#flags;
    this.#at += 1;
    const name = this.#groupName();
    if (name === undefined) {
      const hasBody = this.#readFlags();
      if (!hasBody) return undefined;
    }
    let index = 0;
    if (name !== undefined) {
      index = this.groupNames.length;
      this.groupNames.push(name);
    }
    const body = this.#choice();
    if (this.#peek() !== ')') throw new BadPattern('missing closing )', this.#pattern);
    this.#at += 1;
    this.#flags = outer;
    return name === undefined ? body : { kind: 'group', index, body };
  }

  /** The name of a capturing group, empty when it has none; undefined for `(?…)`. */
  #groupName(): string | undefined {
    if (this.#peek() !== '?') return '';
    const rest = this.#runes.slice(this.#at).join('');
    const match = /^\?P?<([A-Za-z0-9_]+)>/.exec(rest);
    if (match === null) {
      if (/^\?P?</.test(rest)) throw new BadPattern('invalid named capture', `(${rest}`);
      return undefined;
    }
    this.#at += match[0].length;
    return match[1] ?? '';
  }

  /** Reads `?i-s:` or `?i)`; false for the latter, whose flags go on to the end of the group around it. */
  #readFlags(): boolean {
    const rest = this.#runes.slice(this.#at).join('');
    const match = /^\?([imsU]*)(?:-([imsU]+))?([:)])/.exec(rest);
    if (match === null) throw new BadPattern('invalid or unsupported Perl syntax', `(${rest.slice(0, 2)}`);
    const flags: Record<keyof PatternFlags, boolean> = { ...this.#flags };
    for (const letter of match[1] ?? '') flags[FLAG_NAMES[letter] ?? 'ignoreCase'] = true;
    for (const letter of match[2] ?? '') flags[FLAG_NAMES[letter] ?? 'ignoreCase'] = false;
    this.#flags = flags;
    this.#at += match[0].length;
    return match[3] === ':';
  }
}
