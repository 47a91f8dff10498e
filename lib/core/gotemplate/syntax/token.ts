import type { ByteString } from '@/lib/core/gotemplate/values/byte-string';

export type TokenKind =
  | 'error'
  | 'bool'
  | 'char'
  | 'char-constant'
  | 'complex'
  | 'assign'
  | 'declare'
  | 'eof'
  | 'field'
  | 'identifier'
  | 'left-delim'
  | 'left-paren'
  | 'number'
  | 'pipe'
  | 'raw-string'
  | 'right-delim'
  | 'right-paren'
  | 'space'
  | 'string'
  | 'text'
  | 'variable'
  | KeywordKind;

export type KeywordKind =
  | 'block'
  | 'break'
  | 'continue'
  | 'dot'
  | 'define'
  | 'else'
  | 'end'
  | 'if'
  | 'nil'
  | 'range'
  | 'template'
  | 'with';

export interface Token {
  readonly kind: TokenKind;
  /** Byte offset in the template. */
  readonly at: number;
  readonly text: ByteString;
  /** 1-based. */
  readonly line: number;
}

export const KEYWORDS: ReadonlyMap<string, KeywordKind> = new Map(
  (['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'nil', 'range', 'template', 'with'] as const).map(
    (word) => [word, word],
  ),
);

/** Kinds that messages print in angle brackets; the dot is one of them. */
export function isKeyword(kind: TokenKind): boolean {
  return kind === 'dot' || KEYWORDS.has(kind);
}
