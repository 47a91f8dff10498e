import type { JsonObject } from './object-types';

/** A text that is no JSON, in the words of Go's decoder. */
export class JsonFailure extends Error {}

export interface ParsedJson {
  readonly value: unknown;
  /** Keys that an object has twice, as strict decoding spells them: `metadata.labels.app`. The last one counts. */
  readonly duplicates: readonly string[];
}

const ENDS_EARLY = 'unexpected end of JSON input';

/** Reads JSON like Go's decoder: JSON.parse knows neither its messages nor what stands there twice. */
export function parseJson(text: string): ParsedJson {
  const reader = new Reader(text);
  const value = reader.readValue('');
  reader.end();
  return { value, duplicates: reader.duplicates };
}

class Reader {
  readonly duplicates: string[] = [];
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  readValue(path: string): unknown {
    const character = this.peek();
    if (character === '{') return this.readObject(path);
    if (character === '[') return this.readList(path);
    if (character === '"') return this.readString();
    for (const [word, value] of WORDS) if (word[0] === character) return this.readWord(word, value);
    if (character === '-' || (character >= '0' && character <= '9')) return this.readNumber();
    throw this.unexpected('looking for beginning of value');
  }

  end(): void {
    this.skipSpace();
    if (this.at < this.text.length) throw this.unexpected('after top-level value');
  }

  private readObject(path: string): JsonObject {
    const object: JsonObject = {};
    this.at += 1;
    if (this.peek() === '}') {
      this.at += 1;
      return object;
    }
    for (;;) {
      if (this.peek() !== '"') throw this.unexpected('looking for beginning of object key string');
      const key = this.readString();
      const place = path === '' ? key : `${path}.${key}`;
      if (Object.hasOwn(object, key)) this.duplicates.push(place);
      if (this.peek() !== ':') throw this.unexpected('after object key');
      this.at += 1;
      // A key such as __proto__ is data like any other.
      Object.defineProperty(object, key, {
        value: this.readValue(place),
        enumerable: true,
        configurable: true,
        writable: true,
      });
      const next = this.peek();
      if (next !== ',' && next !== '}') throw this.unexpected('after object key:value pair');
      this.at += 1;
      if (next === '}') return object;
    }
  }

  private readList(path: string): unknown[] {
    const list: unknown[] = [];
    this.at += 1;
    if (this.peek() === ']') {
      this.at += 1;
      return list;
    }
    for (;;) {
      list.push(this.readValue(`${path}[${list.length}]`));
      const next = this.peek();
      if (next !== ',' && next !== ']') throw this.unexpected('after array element');
      this.at += 1;
      if (next === ']') return list;
    }
  }

  private readString(): string {
    const start = this.at;
    for (this.at += 1; this.at < this.text.length; this.at += 1) {
      const character = this.text[this.at] ?? '';
      if (character < ' ') throw this.unexpected('in string literal');
      if (character === '\\') this.skipEscape();
      else if (character === '"') {
        this.at += 1;
        return String(JSON.parse(this.text.slice(start, this.at)));
      }
    }
    throw new JsonFailure(ENDS_EARLY);
  }

  private skipEscape(): void {
    this.at += 1;
    const character = this.text[this.at];
    if (character === undefined) throw new JsonFailure(ENDS_EARLY);
    if (character !== 'u') {
      if (!'"\\/bfnrt'.includes(character)) throw this.unexpected('in string escape code');
      return;
    }
    for (let count = 0; count < 4; count += 1) {
      this.at += 1;
      const digit = this.text[this.at];
      if (digit === undefined) throw new JsonFailure(ENDS_EARLY);
      if (!/[0-9a-fA-F]/.test(digit)) throw this.unexpected('in \\u hexadecimal character escape');
    }
  }

  private readWord(word: string, value: unknown): unknown {
    for (const [index, letter] of [...word].entries()) {
      if (this.text[this.at + index] !== letter) {
        this.at += index;
        throw this.unexpected(`in literal ${word} (expecting '${letter}')`);
      }
    }
    this.at += word.length;
    return value;
  }

  private readNumber(): number {
    const [digits = ''] =
      /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(this.text.slice(this.at, this.at + 400)) ?? [];
    if (digits === '' || digits === '-') {
      this.at += 1;
      throw this.unexpected('in numeric literal');
    }
    this.at += digits.length;
    return Number(digits);
  }

  private peek(): string {
    this.skipSpace();
    const character = this.text[this.at];
    if (character === undefined) throw new JsonFailure(ENDS_EARLY);
    return character;
  }

  private skipSpace(): void {
    while (' \t\r\n'.includes(this.text[this.at] ?? 'x')) this.at += 1;
  }

  private unexpected(where: string): JsonFailure {
    const character = this.text[this.at];
    if (character === undefined) return new JsonFailure(ENDS_EARLY);
    const shown = character === "'" ? "'\\''" : `'${character}'`;
    return new JsonFailure(`invalid character ${shown} ${where}`);
  }
}

const WORDS: readonly (readonly [string, unknown])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];
