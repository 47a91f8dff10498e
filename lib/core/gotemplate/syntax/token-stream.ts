import { quoteBytes } from '@/lib/core/gotemplate/format/quote';
import { type ParseErrorClass, TemplateError } from '@/lib/core/gotemplate/template-error';
import { type ByteString, decodeRune, fromByteString } from '@/lib/core/gotemplate/values/byte-string';
import type { Lexer } from './lexer';
import { isKeyword, type Token, type TokenKind } from './token';

const LEXER_CLASSES: readonly (readonly [RegExp, ParseErrorClass])[] = [
  [/^unclosed action/, 'unclosed-action'],
  [/^unclosed left paren/, 'unclosed-paren'],
  [/^unexpected right paren/, 'unexpected-right-paren'],
  [/^unclosed comment/, 'unclosed-comment'],
  [/^comment ends/, 'comment-not-alone'],
  [/^unterminated/, 'unterminated-literal'],
  [/^bad number/, 'bad-number'],
  [/^(?:bad|unrecognized) character/, 'bad-character'],
];

const NOTHING: Token = { kind: 'eof', at: 0, text: '', line: 0 };

function firstRunes(bytes: ByteString, limit: number): ByteString {
  let end = 0;
  for (let count = 0; count < limit && end < bytes.length; count++) end += decodeRune(bytes, end).width;
  return bytes.slice(0, end);
}

function describeToken(token: Token): ByteString {
  if (token.kind === 'eof') return 'EOF';
  if (isKeyword(token.kind)) return `<${token.text}>`;
  return token.text.length > 10 ? `${quoteBytes(firstRunes(token.text, 10))}...` : quoteBytes(token.text);
}

/** Tokens with three of look-ahead, and the errors that are placed by them. Source: Go, text/template/parse, parse.go. */
export class TokenStream {
  readonly #lexer: Lexer;
  readonly #name: ByteString;
  #slots: [Token, Token, Token] = [NOTHING, NOTHING, NOTHING];
  #peekCount = 0;
  /** Line of the action being parsed; 0 outside. */
  actionLine = 0;

  constructor(name: ByteString, lexer: Lexer) {
    this.#name = name;
    this.#lexer = lexer;
  }

  next(): Token {
    if (this.#peekCount > 0) this.#peekCount -= 1;
    else this.#slots[0] = this.#lexer.next();
    return this.#slots[this.#peekCount] ?? NOTHING;
  }

  backUp(): void {
    this.#peekCount += 1;
  }

  /** Gives back two tokens: `first` and the one read last. */
  backUpTwo(first: Token): void {
    this.#slots[1] = first;
    this.#peekCount = 2;
  }

  /** Gives back three tokens: `first`, `second` and the one read last. */
  backUpThree(first: Token, second: Token): void {
    this.#slots[1] = second;
    this.#slots[2] = first;
    this.#peekCount = 3;
  }

  peek(): Token {
    const token = this.next();
    this.backUp();
    return token;
  }

  nextNonSpace(): Token {
    let token = this.next();
    while (token.kind === 'space') token = this.next();
    return token;
  }

  peekNonSpace(): Token {
    const token = this.nextNonSpace();
    this.backUp();
    return token;
  }

  expect(kinds: readonly TokenKind[], context: string): Token {
    const token = this.nextNonSpace();
    return kinds.includes(token.kind) ? token : this.unexpected(token, context);
  }

  /** Throws the error of a token that does not fit, or of the lexer. */
  unexpected(token: Token, context: string): never {
    if (token.kind !== 'error')
      return this.fail('unexpected-token', `unexpected ${describeToken(token)} in ${context}`);
    const found = LEXER_CLASSES.find(([pattern]) => pattern.test(token.text))?.[1] ?? 'unexpected-token';
    return this.fail(found, token.text + this.#whereStarted(token));
  }

  #whereStarted(token: Token): string {
    if (this.actionLine === 0 || this.actionLine === token.line) return '';
    const started = `started at ${this.#name}:${this.actionLine}`;
    return token.text.endsWith(' action') ? ` ${started}` : ` in action ${started}`;
  }

  /** Throws at the line of the token read last. */
  fail(errorClass: ParseErrorClass, message: ByteString): never {
    const line = this.#slots[0].line;
    throw new TemplateError({
      phase: 'parse',
      class: errorClass,
      message: fromByteString(`template: ${this.#name}:${line}: ${message}`),
      line,
      templateName: fromByteString(this.#name),
    });
  }
}
