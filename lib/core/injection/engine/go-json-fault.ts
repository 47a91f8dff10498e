/** Go's text for the first syntax error in a JSON text; undefined where the text is JSON. Source: Go, encoding/json/scanner.go. */
export function goJsonFault(text: string): string | undefined {
  return new Scanner(text).run();
}

const END = 'unexpected end of JSON input';
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): string | undefined {
    const fault = this.#value();
    if (fault !== undefined) return fault;
    return this.#peek() === undefined ? undefined : this.#bad('after top-level value');
  }

  #peek(): string | undefined {
    while (' \t\r\n'.includes(this.#text[this.#at] ?? 'x')) this.#at += 1;
    return this.#text[this.#at];
  }

  #bad(context: string): string {
    const char = this.#text[this.#at];
    if (char === undefined) return END;
    const shown = char === "'" ? `'\\''` : char === '"' ? `'"'` : `'${JSON.stringify(char).slice(1, -1)}'`;
    return `invalid character ${shown} ${context}`;
  }

  #value(): string | undefined {
    const char = this.#peek();
    if (char === '{') return this.#members();
    if (char === '[') return this.#items();
    if (char === '"') return this.#string();
    for (const word of ['true', 'false', 'null']) if (char === word[0]) return this.#literal(word);
    return char !== undefined && /[-\d]/.test(char) ? this.#number() : this.#bad('looking for beginning of value');
  }

  #members(): string | undefined {
    this.#at += 1;
    if (this.#peek() === '}') return this.#step();
    for (;;) {
      if (this.#peek() !== '"') return this.#bad('looking for beginning of object key string');
      const key = this.#string();
      if (key !== undefined) return key;
      if (this.#peek() !== ':') return this.#bad('after object key');
      this.#at += 1;
      const value = this.#value();
      if (value !== undefined) return value;
      const next = this.#peek();
      if (next === '}') return this.#step();
      if (next !== ',') return this.#bad('after object key:value pair');
      this.#at += 1;
    }
  }

  #items(): string | undefined {
    this.#at += 1;
    if (this.#peek() === ']') return this.#step();
    for (;;) {
      const value = this.#value();
      if (value !== undefined) return value;
      const next = this.#peek();
      if (next === ']') return this.#step();
      if (next !== ',') return this.#bad('after array element');
      this.#at += 1;
    }
  }

  #step(): undefined {
    this.#at += 1;
    return undefined;
  }

  #string(): string | undefined {
    for (this.#at += 1; ; this.#at += 1) {
      const char = this.#text[this.#at];
      if (char === undefined) return END;
      if (char === '"') return this.#step();
      if (char < ' ') return this.#bad('in string literal');
      if (char !== '\\') continue;
      this.#at += 1;
      if (!'"\\/bfnrtu'.includes(this.#text[this.#at] ?? 'x')) return this.#bad('in string escape code');
    }
  }

  #literal(word: string): string | undefined {
    for (const expected of word) {
      if (this.#text[this.#at] !== expected) return this.#bad(`in literal ${word} (expecting '${expected}')`);
      this.#at += 1;
    }
    return undefined;
  }

  #number(): string | undefined {
    NUMBER.lastIndex = this.#at;
    const found = NUMBER.exec(this.#text);
    this.#at = found === null ? this.#at + 1 : NUMBER.lastIndex;
    return found === null ? this.#bad('in numeric literal') : undefined;
  }
}
