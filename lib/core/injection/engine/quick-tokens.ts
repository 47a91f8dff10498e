/** Thrown where a text leaves the part of YAML that `quick-yaml` reads. */
export class NotQuick extends Error {}

// One for all: to make an error anew costs more than to read a short text.
const NOT_QUICK = new NotQuick('not in the quick part of YAML');

const LINE_FEED = 0x0a;
const SPACE = 0x20;
const QUOTE = 0x22;
const HASH = 0x23;
const APOSTROPHE = 0x27;
const DASH = 0x2d;
const COLON = 0x3a;
const BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const BRACE = 0x7b;
const PIPE = 0x7c;
const LONGEST_KEY = 256;
// These mean the same in JSON and YAML; a half of a pair of code units is left to the library.
const PLAIN_ESCAPE = /^(?:["\\/nt]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4})/;
const LONGEST_ESCAPE = 5;
/^(?:[^\\]|\\(?:["\\/nt]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4}))*\\(?!["\\/nt]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4})/;

function flagsOf(characters: RegExp): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) => (characters.test(String.fromCharCode(code)) ? 1 : 0));
}
const KEY_STARTS = flagsOf(/[A-Za-z_$]/);
const KEY_CHARACTERS = flagsOf(/[A-Za-z0-9_./$-]/);
const PLAIN_STARTS = flagsOf(/[A-Za-z0-9_./$+~(]/);
const WORD_CHARACTERS = flagsOf(/[A-Za-z0-9_./=-]/);
const WORD_STARTS = flagsOf(/[A-Za-z0-9_./]/);

/** Walks a text without tabs and control characters, line by line and token by token; gives up where it would have to guess. */
export class QuickTokens {
  readonly #text: string;
  #at = 0;
  /** Column of the line's first character; -1 behind the last line. */
  indent = 0;

  constructor(text: string) {
    this.#text = text;
  }

  giveUp(): never {
    throw NOT_QUICK;
  }

  isDone(): boolean {
    return this.indent < 0;
  }

  #code(at: number): number {
    return at < this.#text.length ? this.#text.charCodeAt(at) : LINE_FEED;
  }

  #isBlankAt(at: number): boolean {
    const code = this.#code(at);
    return code === SPACE || code === LINE_FEED;
  }

  #lineEnd(from: number): number {
    const end = this.#text.indexOf('\n', from);
    return end < 0 ? this.#text.length : end;
  }

  /** Goes to the first line from `start` on that holds more than blanks and a comment. */
  toLine(start: number): void {
    for (let line = start; line < this.#text.length; line = this.#lineEnd(line) + 1) {
      let at = line;
      while (this.#text.charCodeAt(at) === SPACE) at += 1;
      const code = this.#code(at);
      if (code === LINE_FEED || code === HASH) continue;
      this.#at = at;
      this.indent = at - line;
      return;
    }
    this.indent = -1;
  }

  /** The rest of the line must be blank. */
  endLine(): void {
    if (!this.skipToLineEnd()) this.giveUp();
  }

  /** Skips spaces; at the end of the line goes to the next one and says so. */
  skipToLineEnd(): boolean {
    while (this.#code(this.#at) === SPACE) this.#at += 1;
    if (this.#code(this.#at) !== LINE_FEED) return false;
    this.toLine(this.#at + 1);
    return true;
  }

  isDash(): boolean {
    return this.#code(this.#at) === DASH && this.#isBlankAt(this.#at + 1);
  }

  /** Goes behind a dash to what stands on its line; its column becomes the indentation. */
  skipDash(): number {
    const column = this.indent;
    const dash = this.#at;
    this.#at += 1;
    while (this.#code(this.#at) === SPACE) this.#at += 1;
    if (this.#code(this.#at) === LINE_FEED || this.isDash()) this.giveUp();
    this.indent = column + this.#at - dash;
    return this.indent;
  }

  isQuote(): boolean {
    const code = this.#code(this.#at);
    return code === QUOTE || code === APOSTROPHE;
  }

  isFlowStart(): boolean {
    const code = this.#code(this.#at);
    return code === BRACE || code === BRACKET;
  }

  isPipe(): boolean {
    return this.#code(this.#at) === PIPE;
  }

  isKey(): boolean {
    return this.#keyEnd() >= 0;
  }

  /** A key, without its quotes; goes behind its colon. */
  key(): string {
    const end = this.#keyEnd();
    if (end < 0) this.giveUp();
    const start = this.#at;
    this.#at = end + 1;
    return this.#code(start) === QUOTE ? this.#text.slice(start + 1, end - 1) : this.#text.slice(start, end);
  }

  /** The colon behind a key, or -1 where there is no key. */
  #keyEnd(): number {
    const start = this.#at;
    let at = start + 1;
    if (this.#code(start) === QUOTE) {
      while (this.#code(at) !== QUOTE && this.#code(at) !== BACKSLASH && this.#code(at) !== LINE_FEED) at += 1;
      if (this.#code(at) !== QUOTE) return -1;
      at += 1;
    } else {
      if (KEY_STARTS[this.#code(start)] !== 1) return -1;
      while (KEY_CHARACTERS[this.#code(at)] === 1) at += 1;
    }
    return this.#code(at) === COLON && this.#isBlankAt(at + 1) && at - start < LONGEST_KEY ? at : -1;
  }

  /** A quoted text on one line; goes behind it. */
  quoted(): string {
    const quote = this.#code(this.#at);
    const start = this.#at + 1;
    let at = start;
    let isEscaped = false;
    for (; this.#code(at) !== quote; at += 1) {
      if (this.#code(at) === LINE_FEED) this.giveUp();
      if (quote === QUOTE && this.#code(at) === BACKSLASH) {
        if (!PLAIN_ESCAPE.test(this.#text.slice(at + 1, at + 1 + LONGEST_ESCAPE))) this.giveUp();
        isEscaped = true;
        at += 1;
      }
    }
    this.#at = at + 1;
    return isEscaped ? JSON.parse(this.#text.slice(start - 1, at + 1)) : this.#text.slice(start, at);
  }

  /** An unquoted text to the end of the line; goes to the next line. */
  plain(): string {
    const start = this.#at;
    const first = this.#code(start);
    const isDashed = first === DASH && !this.#isBlankAt(start + 1);
    if (PLAIN_STARTS[first] !== 1 && !isDashed) this.giveUp();
    let at = start;
    let last = start;
    for (let code = first; code !== LINE_FEED; code = this.#code(at)) {
      if (code === COLON && this.#isBlankAt(at + 1)) this.giveUp();
      if (code === HASH && this.#code(at - 1) === SPACE) this.giveUp();
      if (code !== SPACE) last = at;
      at += 1;
    }
    const text = this.#text.slice(start, last + 1);
    this.toLine(at + 1);
    return text;
  }

  /** A text behind `|` or `|-`; goes to the line after it. */
  blockScalar(parent: number): string {
    this.#at += 1;
    const isStripped = this.#code(this.#at) === DASH;
    if (isStripped) this.#at += 1;
    while (this.#code(this.#at) === SPACE) this.#at += 1;
    if (this.#code(this.#at) !== LINE_FEED) this.giveUp();
    let [content, line, blank, widest] = [-1, this.#at + 1, 0, 0];
    let text = '';
    for (; line < this.#text.length; line = this.#lineEnd(line) + 1) {
      let at = line;
      while (this.#text.charCodeAt(at) === SPACE) at += 1;
      if (this.#code(at) === LINE_FEED) {
        blank += 1;
        widest = Math.max(widest, at - line);
        continue;
      }
      const column = at - line;
      if (column <= parent) break;
      if (content < 0) content = column;
      if (column < content || widest > content) this.giveUp();
      text += `${'\n'.repeat(text === '' ? blank : blank + 1)}${this.#text.slice(line + content, this.#lineEnd(line))}`;
      blank = 0;
    }
    const isCut = line >= this.#text.length && this.#text.charCodeAt(this.#text.length - 1) !== LINE_FEED;
    if (content < 0 || widest > content || isCut) this.giveUp();
    this.toLine(line);
    return isStripped ? text : `${text}\n`;
  }

  #skipBlanks(): void {
    while (this.#at < this.#text.length && this.#isBlankAt(this.#at)) this.#at += 1;
  }

  /** Whether a character comes next inside braces or brackets, on this line or a later one. */
  isNext(char: string): boolean {
    this.#skipBlanks();
    return this.#text[this.#at] === char;
  }

  /** Goes behind that character where it comes next, and behind the blanks after it unless it closes. */
  take(char: string): boolean {
    if (!this.isNext(char)) return false;
    this.#at += 1;
    if (char !== '}' && char !== ']') this.#skipBlanks();
    return true;
  }

  /** A colon; only behind a quoted key the value may follow at once. */
  flowColon(isQuoted: boolean): void {
    if (this.#code(this.#at) !== COLON || !(isQuoted || this.#isBlankAt(this.#at + 1))) this.giveUp();
    this.#at += 1;
    this.#skipBlanks();
  }

  /** An unquoted text of one word inside braces or brackets. */
  word(): string {
    const start = this.#at;
    const isFlag = this.#code(start) === DASH && WORD_CHARACTERS[this.#code(start + 1)] === 1;
    if (WORD_STARTS[this.#code(start)] !== 1 && !isFlag) this.giveUp();
    while (WORD_CHARACTERS[this.#code(this.#at)] === 1) this.#at += 1;
    return this.#text.slice(start, this.#at);
  }
}
