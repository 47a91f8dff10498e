import type { Budget } from '@/lib/core/gotemplate/evaluate/limits';
import { type ByteString, decodeRune, RUNE_ERROR } from '@/lib/core/gotemplate/values/byte-string';
import type { JsonTree } from './json-tree';

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};
const PLAIN = /^[ !#-%'-;=?-[\]-~]*$/;
const HTML = new Set(['<', '>', '&']);

function escapeAscii(character: string, escapesHtml: boolean): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const code = character.charCodeAt(0);
  if (code < 0x20 || (escapesHtml && HTML.has(character))) return `\\u${code.toString(16).padStart(4, '0')}`;
  return character;
}

/** A string with its quotes, as encoding/json writes it. */
export function quoteJson(text: ByteString, escapesHtml = true): ByteString {
  if (PLAIN.test(text)) return `"${text}"`;
  const parts: string[] = ['"'];
  for (let at = 0; at < text.length; ) {
    const { rune, width } = decodeRune(text, at);
    if (rune < 0x80) parts.push(escapeAscii(text.charAt(at), escapesHtml));
    else if (rune === RUNE_ERROR && width === 1) parts.push('\\ufffd');
    else if (rune === 0x2028 || rune === 0x2029) parts.push(`\\u${rune.toString(16)}`);
    else parts.push(text.slice(at, at + width));
    at += width;
  }
  parts.push('"');
  return parts.join('');
}

export interface JsonStyle {
  readonly escapesHtml: boolean;
  /** Blanks per level; 0 for compact. */
  readonly indent: number;
}

export const COMPACT: JsonStyle = { escapesHtml: true, indent: 0 };

class JsonWriter {
  readonly #style: JsonStyle;
  readonly #budget: Budget;
  readonly #parts: string[] = [];
  #length = 0;

  constructor(style: JsonStyle, budget: Budget) {
    this.#style = style;
    this.#budget = budget;
  }

  get text(): ByteString {
    return this.#parts.join('');
  }

  write(tree: JsonTree, depth: number): void {
    switch (tree.kind) {
      case 'null':
        this.#put('null');
        break;
      case 'bool':
        this.#put(String(tree.bool));
        break;
      case 'number':
        this.#put(tree.text);
        break;
      case 'string':
        this.#put(quoteJson(tree.text, this.#style.escapesHtml));
        break;
      case 'list':
        this.#enclose('[', ']', tree.items, depth, (item) => this.write(item, depth + 1));
        break;
      case 'object':
        this.#enclose('{', '}', tree.members, depth, ([key, member]) => {
          this.#put(`${quoteJson(key, this.#style.escapesHtml)}:${this.#style.indent > 0 ? ' ' : ''}`);
          this.write(member, depth + 1);
        });
        break;
    }
  }

  #put(text: string): void {
    this.#parts.push(text);
    this.#length += text.length;
    this.#budget.checkLength(this.#length);
  }

  #enclose<T>(open: string, close: string, items: readonly T[], depth: number, write: (item: T) => void): void {
    const { indent } = this.#style;
    const newline = (level: number) => (indent > 0 ? `\n${' '.repeat(indent * level)}` : '');
    this.#put(open);
    for (const [index, item] of items.entries()) {
      this.#put((index > 0 ? ',' : '') + newline(depth + 1));
      write(item);
    }
    this.#put((items.length > 0 ? newline(depth) : '') + close);
  }
}

/** Writes JSON; the default style is Go's json.Marshal. */
export function writeJson(tree: JsonTree, budget: Budget, style = COMPACT): ByteString {
  const writer = new JsonWriter(style, budget);
  writer.write(tree, 0);
  return writer.text;
}
