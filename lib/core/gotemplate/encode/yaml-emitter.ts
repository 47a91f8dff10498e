import type { Budget } from '@/lib/core/gotemplate/evaluate/limits';
import { type ByteString, decodeRune } from '@/lib/core/gotemplate/values/byte-string';
import { isYamlPrintable } from './yaml-scalars';

const INDENT = 2;
const BEST_WIDTH = 80;
const ESCAPES: ReadonlyMap<number, string> = new Map([
  [0, '0'],
  [7, 'a'],
  [8, 'b'],
  [9, 't'],
  [10, 'n'],
  [11, 'v'],
  [12, 'f'],
  [13, 'r'],
  [0x1b, 'e'],
  [0x22, '"'],
  [0x5c, '\\'],
  [0x85, 'N'],
  [0xa0, '_'],
  [0x2028, 'L'],
  [0x2029, 'P'],
]);

// Printable ASCII without both quotes and the backslash.
const UNESCAPED = /^[ !#-&(-[\]-~]*$/;
const PRINTABLE = /[ -~]+/y;

/** Length of the line break at an offset; 0 where there is none. */
function breakLength(text: ByteString, at: number): number {
  const character = text.charAt(at);
  if (character === '\n' || character === '\r') return 1;
  if (character === '\xc2') return text.startsWith('\xc2\x85', at) ? 2 : 0;
  if (character !== '\xe2') return 0;
  return text.startsWith('\xe2\x80\xa8', at) || text.startsWith('\xe2\x80\xa9', at) ? 3 : 0;
}

function escapeRune(rune: number): string {
  const short = ESCAPES.get(rune);
  if (short !== undefined) return `\\${short}`;
  const hex = rune.toString(16).toUpperCase();
  if (rune <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return rune <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** The part of go-yaml v2's emitter that writes characters and scalars. Source: go-yaml v2, emitterc.go. */
export class YamlEmitter {
  readonly #parts: string[] = [];
  readonly #budget: Budget;
  readonly #folds: boolean;
  #length = 0;
  #column = 0;
  #isAfterSpace = true;
  /** Nothing but indentation and indicators so far on this line. */
  isIndention = true;
  indent = -1;

  constructor(budget: Budget, folds: boolean) {
    this.#budget = budget;
    this.#folds = folds;
  }

  get text(): ByteString {
    return this.#parts.join('');
  }

  #put(text: ByteString, columns: number): void {
    this.#parts.push(text);
    this.#column += columns;
    this.#length += text.length;
    this.#budget.checkLength(this.#length);
  }

  #newLine(breakText = '\n'): void {
    this.#put(breakText, 0);
    this.#column = 0;
  }

  writeIndent(): void {
    const indent = Math.max(this.indent, 0);
    const isHere = this.#column === indent && !this.#isAfterSpace;
    if (!this.isIndention || this.#column > indent || isHere) this.#newLine();
    if (this.#column < indent) this.#put(' '.repeat(indent - this.#column), indent - this.#column);
    this.#isAfterSpace = true;
    this.isIndention = true;
  }

  writeIndicator(indicator: string, needsSpace: boolean, keepsIndention: boolean): void {
    if (needsSpace && !this.#isAfterSpace) this.#put(' ', 1);
    this.#put(indicator, indicator.length);
    this.#isAfterSpace = false;
    this.isIndention = this.isIndention && keepsIndention;
  }

  /** Deepens the indentation; returns what to restore. */
  increaseIndent(isIndentless: boolean): number {
    const before = this.indent;
    if (before < 0) this.indent = 0;
    else if (!isIndentless) this.indent += INDENT;
    return before;
  }

  /** Deepens the indentation for the further lines of a scalar. */
  increaseForScalar(): number {
    const before = this.indent;
    this.indent = Math.max(before, 0) + INDENT;
    return before;
  }

  /** At a blank past the width: whether the line is to be broken there. */
  #shouldFold(text: ByteString, at: number, allowsBreaks: boolean, wasSpace: boolean): boolean {
    return this.#folds && allowsBreaks && !wasSpace && this.#column > BEST_WIDTH && at < text.length;
  }

  #endScalar(): void {
    this.#isAfterSpace = false;
    this.isIndention = false;
  }

  /** One character as it is; returns the offset after it. */
  #copy(text: ByteString, at: number): number {
    const { width } = decodeRune(text, at);
    this.#put(text.slice(at, at + width), 1);
    return at + width;
  }

  writePlain(text: ByteString, allowsBreaks: boolean): void {
    if (!this.#isAfterSpace) this.#put(' ', 1);
    if (this.#column + text.length <= BEST_WIDTH) this.#put(text, text.length);
    else this.#writeRun(text, allowsBreaks, false, (at) => text.charAt(at + 1) !== ' ');
    this.#endScalar();
  }

  /** A text that needs no escape and does not reach the width is written at once. */
  #fitsLine(text: ByteString): boolean {
    return this.#column + text.length <= BEST_WIDTH && UNESCAPED.test(text);
  }

  writeSingleQuoted(text: ByteString, allowsBreaks: boolean): void {
    this.writeIndicator("'", true, false);
    const isInside = (at: number) => at > 0 && at < text.length - 1 && text.charAt(at + 1) !== ' ';
    if (this.#fitsLine(text)) this.#put(text, text.length);
    else this.#writeRun(text, allowsBreaks, true, isInside);
    this.writeIndicator("'", false, false);
    this.#endScalar();
  }

  /** Plain and single-quoted text: both fold at blanks and keep their line breaks. */
  #writeRun(text: ByteString, allowsBreaks: boolean, isQuoted: boolean, canFold: (at: number) => boolean): void {
    let wasSpace = false;
    let wasBreak = false;
    for (let at = 0; at < text.length; ) {
      const breakSize = breakLength(text, at);
      if (text.charAt(at) === ' ') {
        if (this.#shouldFold(text, at, allowsBreaks, wasSpace) && canFold(at)) this.writeIndent();
        else this.#put(' ', 1);
        at += 1;
        wasSpace = true;
      } else if (breakSize > 0) {
        if (!wasBreak && text.charAt(at) === '\n') this.#newLine();
        this.#newLine(text.slice(at, at + breakSize));
        at += breakSize;
        this.isIndention = true;
        wasBreak = true;
      } else {
        if (wasBreak) this.writeIndent();
        if (isQuoted && text.charAt(at) === "'") this.#put("'", 1);
        at = this.#copy(text, at);
        this.isIndention = false;
        wasSpace = false;
        wasBreak = false;
      }
    }
  }

  writeDoubleQuoted(text: ByteString, allowsBreaks: boolean): void {
    this.writeIndicator('"', true, false);
    if (this.#fitsLine(text)) {
      this.writeIndicator(`${text}"`, false, false);
      return;
    }
    // The emitter looks for a byte order mark at the start whatever character it is at.
    const escapesAll = text.startsWith('\xef\xbb\xbf');
    let wasSpace = false;
    for (let at = 0; at < text.length; ) {
      const { rune, width } = decodeRune(text, at);
      const isEscaped =
        escapesAll || !isYamlPrintable(rune) || breakLength(text, at) > 0 || rune === 0x22 || rune === 0x5c;
      if (isEscaped) {
        const escaped = escapeRune(rune);
        this.#put(escaped, escaped.length);
        at += width;
        wasSpace = false;
      } else if (rune === 0x20) {
        const isInside = at > 0 && at < text.length - 1;
        if (isInside && this.#shouldFold(text, at, allowsBreaks, wasSpace)) {
          this.writeIndent();
          if (text.charAt(at + 1) === ' ') this.#put('\\', 1);
        } else this.#put(' ', 1);
        at += 1;
        wasSpace = true;
      } else {
        at = this.#copy(text, at);
        wasSpace = false;
      }
    }
    this.writeIndicator('"', false, false);
    this.#endScalar();
  }

  writeLiteral(text: ByteString): void {
    this.writeIndicator('|', true, false);
    if (text.startsWith(' ') || breakLength(text, 0) > 0) this.writeIndicator(String(INDENT), false, false);
    const chomping = /(?:^|[\r\n]|\xc2\x85|\xe2\x80[\xa8\xa9])(?:[\r\n]|\xc2\x85|\xe2\x80[\xa8\xa9])$/.test(text)
      ? '+'
      : /(?:[\r\n]|\xc2\x85|\xe2\x80[\xa8\xa9])$/.test(text)
        ? ''
        : '-';
    if (chomping !== '') this.writeIndicator(chomping, false, false);
    this.#newLine();
    this.isIndention = true;
    this.#isAfterSpace = true;
    let wasBreak = true;
    for (let at = 0; at < text.length; ) {
      const breakSize = breakLength(text, at);
      if (breakSize > 0) {
        this.#newLine(text.slice(at, at + breakSize));
        at += breakSize;
        this.isIndention = true;
        wasBreak = true;
      } else {
        if (wasBreak) this.writeIndent();
        at = this.#copyRun(text, at);
        this.isIndention = false;
        wasBreak = false;
      }
    }
  }

  /** The characters from an offset on up to one that is not printable ASCII, or that one. */
  #copyRun(text: ByteString, at: number): number {
    PRINTABLE.lastIndex = at;
    if (!PRINTABLE.test(text)) return this.#copy(text, at);
    const end = PRINTABLE.lastIndex;
    this.#put(text.slice(at, end), end - at);
    return end;
  }
}
