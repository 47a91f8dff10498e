import { describeRune, quoteBytes } from '@/lib/core/gotemplate/format/quote';
import { type ByteString, decodeRune } from '@/lib/core/gotemplate/values/byte-string';
import { isAlphanumeric } from '@/lib/core/gotemplate/values/rune-classes';
import { scanNumber } from './scan-number';
import { KEYWORDS, type Token, type TokenKind } from './token';

const LEFT_COMMENT = '/*';
const RIGHT_COMMENT = '*/';
const TERMINATORS = new Set(['', ' ', '\t', '\r', '\n', '.', ',', '|', ':', ')', '(']);
const LINE_FEED = 10;
const END_OF_INPUT = -1;
const ASCII_NAME = /[A-Za-z0-9_]*/y;

const isSpace = (character: string) =>
  character === ' ' || character === '\t' || character === '\r' || character === '\n';

function countLines(text: ByteString, from: number, to: number): number {
  if (to - from < 2) return to > from && text.charCodeAt(from) === LINE_FEED ? 1 : 0;
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

export interface LexerOptions {
  readonly left: ByteString;
  readonly right: ByteString;
  /** False when a function of that name exists; then it is a plain identifier. */
  readonly isBreakKeyword: boolean;
  readonly isContinueKeyword: boolean;
}

/** Splits a template into tokens, one per call of `next`. Source: Go, text/template/parse, lex.go. */
export class Lexer {
  readonly #options: LexerOptions;
  #input: ByteString;
  #start = 0;
  #line = 1;
  #startLine = 1;
  #parenDepth = 0;
  #isInAction = false;

  constructor(input: ByteString, options: LexerOptions) {
    this.#input = input;
    this.#options = options;
  }

  next(): Token {
    return this.#isInAction ? this.#nextInAction() : this.#nextText();
  }

  /** Cuts the token that ends at `end`; following tokens start there. */
  #emit(kind: TokenKind, end: number): Token {
    const token: Token = { kind, at: this.#start, text: this.#input.slice(this.#start, end), line: this.#startLine };
    this.#skipTo(end);
    return token;
  }

  #skipTo(end: number): void {
    this.#line += countLines(this.#input, this.#start, end);
    this.#start = end;
    this.#startLine = this.#line;
  }

  /** After an error there is nothing more to read. */
  #fail(message: string): Token {
    const token: Token = { kind: 'error', at: this.#start, text: message, line: this.#startLine };
    this.#input = '';
    this.#start = 0;
    return token;
  }

  #rune(at: number): number {
    return at < this.#input.length ? decodeRune(this.#input, at).rune : END_OF_INPUT;
  }

  #nextText(): Token {
    for (;;) {
      const found = this.#input.indexOf(this.#options.left, this.#start);
      if (found < 0) return this.#emit(this.#start < this.#input.length ? 'text' : 'eof', this.#input.length);
      const afterDelim = found + this.#options.left.length;
      let textEnd = found;
      if (this.#hasLeftTrim(afterDelim))
        while (textEnd > this.#start && isSpace(this.#input.charAt(textEnd - 1))) textEnd -= 1;
      if (textEnd > this.#start) {
        const token = this.#emit('text', textEnd);
        this.#skipTo(found);
        return token;
      }
      this.#skipTo(found);
      const afterMarker = afterDelim + (this.#hasLeftTrim(afterDelim) ? 2 : 0);
      if (!this.#input.startsWith(LEFT_COMMENT, afterMarker)) return this.#leftDelim(afterDelim, afterMarker);
      this.#skipTo(afterMarker);
      const failure = this.#skipComment();
      if (failure !== undefined) return failure;
    }
  }

  #hasLeftTrim(at: number): boolean {
    return this.#input.charAt(at) === '-' && isSpace(this.#input.charAt(at + 1));
  }

  #leftDelim(afterDelim: number, afterMarker: number): Token {
    const token = this.#emit('left-delim', afterDelim);
    this.#skipTo(afterMarker);
    this.#isInAction = true;
    this.#parenDepth = 0;
    return token;
  }

  #skipComment(): Token | undefined {
    const close = this.#input.indexOf(RIGHT_COMMENT, this.#start + LEFT_COMMENT.length);
    if (close < 0) return this.#fail('unclosed comment');
    const end = this.#delimEnd(close + RIGHT_COMMENT.length);
    if (end === undefined) return this.#fail('comment ends before closing delimiter');
    this.#skipTo(end);
    return undefined;
  }

  /** Where text goes on if a right delimiter, perhaps with its trim marker, stands at `at`. */
  #delimEnd(at: number): number | undefined {
    const { right } = this.#options;
    const isTrimmed = isSpace(this.#input.charAt(at)) && this.#input.charAt(at + 1) === '-';
    if (isTrimmed && this.#input.startsWith(right, at + 2)) {
      let end = at + 2 + right.length;
      while (end < this.#input.length && isSpace(this.#input.charAt(end))) end += 1;
      return end;
    }
    return this.#input.startsWith(right, at) ? at + right.length : undefined;
  }

  #rightDelim(end: number): Token {
    const { right } = this.#options;
    const delimAt = this.#start + (this.#isTrimAt(this.#start) ? 2 : 0);
    this.#skipTo(delimAt);
    const token = this.#emit('right-delim', delimAt + right.length);
    this.#skipTo(end);
    this.#isInAction = false;
    return token;
  }

  #isTrimAt(at: number): boolean {
    const isMarker = isSpace(this.#input.charAt(at)) && this.#input.charAt(at + 1) === '-';
    return isMarker && this.#input.startsWith(this.#options.right, at + 2);
  }

  #nextInAction(): Token {
    const delimEnd = this.#delimEnd(this.#start);
    if (delimEnd !== undefined)
      return this.#parenDepth === 0 ? this.#rightDelim(delimEnd) : this.#fail('unclosed left paren');
    const character = this.#input.charAt(this.#start);
    if (character === '') return this.#fail('unclosed action');
    if (isSpace(character)) return this.#space();
    return this.#operator(character) ?? this.#word(character);
  }

  #operator(character: string): Token | undefined {
    const after = this.#start + 1;
    switch (character) {
      case '=':
        return this.#emit('assign', after);
      case ':':
        return this.#input.charAt(after) === '=' ? this.#emit('declare', after + 1) : this.#fail('expected :=');
      case '|':
        return this.#emit('pipe', after);
      case '(':
        this.#parenDepth += 1;
        return this.#emit('left-paren', after);
      case ')':
        this.#parenDepth -= 1;
        return this.#parenDepth < 0 ? this.#fail('unexpected right paren') : this.#emit('right-paren', after);
      case '"':
        return this.#quoted('string', '"', 'unterminated quoted string');
      case "'":
        return this.#quoted('char-constant', "'", 'unterminated character constant');
      case '`':
        return this.#rawString();
      default:
        return undefined;
    }
  }

  #word(character: string): Token {
    if (character === '$') return this.#name(this.#start + 1, 'variable', 'variable');
    if (character === '.') {
      const next = this.#input.charAt(this.#start + 1);
      if (next !== '' && (next < '0' || next > '9')) return this.#name(this.#start + 1, 'field', 'dot');
    }
    if (/[-+.0-9]/.test(character)) return this.#number();
    const rune = this.#rune(this.#start);
    if (isAlphanumeric(rune)) return this.#identifier();
    if (rune > 0x20 && rune < 0x7f) return this.#emit('char', this.#start + 1);
    return this.#fail(`unrecognized character in action: ${describeRune(rune)}`);
  }

  /** A space run gives its last byte to a trim marker that follows. */
  #space(): Token {
    let end = this.#start;
    while (end < this.#input.length && isSpace(this.#input.charAt(end))) end += 1;
    if (this.#isTrimAt(end - 1)) {
      end -= 1;
      const delimEnd = this.#delimEnd(end);
      if (end === this.#start && delimEnd !== undefined) return this.#rightDelim(delimEnd);
    }
    return this.#emit('space', end);
  }

  #isTerminator(at: number): boolean {
    return TERMINATORS.has(this.#input.charAt(at)) || this.#input.startsWith(this.#options.right, at);
  }

  #endOfName(from: number): number {
    ASCII_NAME.lastIndex = from;
    ASCII_NAME.test(this.#input);
    let end = ASCII_NAME.lastIndex;
    while (end < this.#input.length) {
      const { rune, width } = decodeRune(this.#input, end);
      if (!isAlphanumeric(rune)) break;
      end += width;
    }
    return end;
  }

  #name(from: number, kind: TokenKind, bareKind: TokenKind): Token {
    if (this.#isTerminator(from)) return this.#emit(bareKind, from);
    const end = this.#endOfName(from);
    if (!this.#isTerminator(end)) return this.#fail(`bad character ${describeRune(this.#rune(end))}`);
    return this.#emit(kind, end);
  }

  #identifier(): Token {
    const end = this.#endOfName(this.#start);
    if (!this.#isTerminator(end)) return this.#fail(`bad character ${describeRune(this.#rune(end))}`);
    const word = this.#input.slice(this.#start, end);
    if (word === 'true' || word === 'false') return this.#emit('bool', end);
    const keyword = KEYWORDS.get(word);
    const isShadowed =
      (keyword === 'break' && !this.#options.isBreakKeyword) ||
      (keyword === 'continue' && !this.#options.isContinueKeyword);
    return this.#emit(keyword === undefined || isShadowed ? 'identifier' : keyword, end);
  }

  #quoted(kind: TokenKind, quote: string, complaint: string): Token {
    for (let at = this.#start + 1; at < this.#input.length; at++) {
      const character = this.#input.charAt(at);
      if (character === quote) return this.#emit(kind, at + 1);
      if (character === '\n') break;
      if (character === '\\') {
        at += 1;
        if (this.#input.charAt(at) === '\n') break;
      }
    }
    return this.#fail(complaint);
  }

  #rawString(): Token {
    const close = this.#input.indexOf('`', this.#start + 1);
    return close < 0 ? this.#fail('unterminated raw quoted string') : this.#emit('raw-string', close + 1);
  }

  #number(): Token {
    const first = scanNumber(this.#input, this.#start);
    const bad = (end: number) => this.#fail(`bad number syntax: ${quoteBytes(this.#input.slice(this.#start, end))}`);
    if (!first.isGood) return bad(first.end);
    const sign = this.#input.charAt(first.end);
    if (sign !== '+' && sign !== '-') return this.#emit('number', first.end);
    const second = scanNumber(this.#input, first.end);
    if (!second.isGood || this.#input.charAt(second.end - 1) !== 'i') return bad(second.end);
    return this.#emit('complex', second.end);
  }
}
