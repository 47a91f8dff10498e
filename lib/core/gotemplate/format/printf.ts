import type { Budget } from '@/lib/core/gotemplate/evaluate/limits';
import { type ByteString, decodeRune, encodeRune } from '@/lib/core/gotemplate/values/byte-string';
import { unwrapInterface, type Value } from '@/lib/core/gotemplate/values/go-value';
import { noFlags } from './padding';
import { Printer } from './printer';

const MAX_NUMBER = 1_000_000;

interface ReadNumber {
  readonly number: number | undefined;
  readonly end: number;
}

/** Reads digits; a number that is out of all proportion ends the format. */
function readDigits(format: ByteString, at: number, end: number): ReadNumber {
  let number: number | undefined;
  for (let position = at; ; position++) {
    const digit = position < end ? format.charCodeAt(position) - 48 : -1;
    if (digit < 0 || digit > 9) return { number, end: at >= end ? end : position };
    if ((number ?? 0) > MAX_NUMBER) return { number: undefined, end };
    number = (number ?? 0) * 10 + digit;
  }
}

/** One run of printf over its operands. Source: Go, fmt, print.go, doPrintf. */
class Formatter {
  readonly #printer: Printer;
  readonly #format: ByteString;
  readonly #operands: readonly Value[];
  #at = 0;
  #next = 0;
  #isAfterIndex = false;
  #isReordered = false;
  #isGoodIndex = true;

  constructor(printer: Printer, format: ByteString, operands: readonly Value[]) {
    this.#printer = printer;
    this.#format = format;
    this.#operands = operands;
  }

  run(): void {
    const end = this.#format.length;
    while (this.#at < end) {
      this.#isGoodIndex = true;
      const percent = this.#format.indexOf('%', this.#at);
      this.#printer.write(this.#format.slice(this.#at, percent < 0 ? end : percent));
      if (percent < 0) break;
      this.#at = percent + 1;
      if (!this.#directive()) break;
    }
    if (!this.#isReordered && this.#next < this.#operands.length) this.#extra();
  }

  /** False when the format ends without a verb. */
  #directive(): boolean {
    this.#printer.flags = noFlags();
    this.#readFlags();
    this.#readIndex();
    this.#readWidth();
    this.#readPrecision();
    if (!this.#isAfterIndex) this.#readIndex();
    if (this.#at >= this.#format.length) {
      this.#printer.write('%!(NOVERB)');
      return false;
    }
    const { rune, width } = decodeRune(this.#format, this.#at);
    this.#at += width;
    this.#print(String.fromCodePoint(rune), encodeRune(rune));
    return true;
  }

  #print(verb: string, bytes: ByteString): void {
    const { flags } = this.#printer;
    const operand = this.#operands[this.#next];
    if (verb === '%') this.#printer.write('%');
    else if (!this.#isGoodIndex) this.#printer.write(`%!${bytes}(BADINDEX)`);
    else if (operand === undefined) this.#printer.write(`%!${bytes}(MISSING)`);
    else {
      if (verb === 'v') {
        flags.sharpV = flags.sharp;
        flags.sharp = false;
        flags.plusV = flags.plus;
        flags.plus = false;
      }
      this.#printer.printOperand(operand, verb);
      this.#next += 1;
    }
    this.#isAfterIndex = false;
  }

  #readFlags(): void {
    const { flags } = this.#printer;
    for (; ; this.#at++) {
      switch (this.#format.charAt(this.#at)) {
        case '#':
          flags.sharp = true;
          break;
        case '0':
          flags.zero = true;
          break;
        case '+':
          flags.plus = true;
          break;
        case '-':
          flags.minus = true;
          break;
        case ' ':
          flags.space = true;
          break;
        default:
          return;
      }
    }
  }

  /** Reads `[3]`, which names the next operand. */
  #readIndex(): void {
    if (this.#format.charAt(this.#at) !== '[') {
      this.#isAfterIndex = false;
      return;
    }
    this.#isReordered = true;
    const close = this.#format.indexOf(']', this.#at + 1);
    if (close < 0) {
      this.#isGoodIndex = false;
      this.#isAfterIndex = false;
      this.#at += 1;
      return;
    }
    const { number, end } = readDigits(this.#format, this.#at + 1, close);
    this.#at = close + 1;
    const isNumber = number !== undefined && end === close;
    this.#isAfterIndex = isNumber;
    if (isNumber && number >= 1 && number <= this.#operands.length) this.#next = number - 1;
    else this.#isGoodIndex = false;
  }

  #readStar(): number | undefined {
    this.#at += 1;
    const operand = this.#operands[this.#next];
    if (operand === undefined) return undefined;
    this.#next += 1;
    const value = unwrapInterface(operand);
    if (value.kind !== 'int' && value.kind !== 'uint') return undefined;
    const number = Number(value.int);
    return Math.abs(number) > MAX_NUMBER ? undefined : number;
  }

  #readWidth(): void {
    const { flags } = this.#printer;
    if (this.#format.charAt(this.#at) === '*') {
      const width = this.#readStar();
      if (width === undefined) this.#printer.write('%!(BADWIDTH)');
      else if (width < 0) {
        flags.minus = true;
        flags.zero = false;
      }
      flags.width = width === undefined ? undefined : Math.abs(width);
      this.#isAfterIndex = false;
      return;
    }
    const { number, end } = readDigits(this.#format, this.#at, this.#format.length);
    flags.width = number;
    this.#at = end;
    if (this.#isAfterIndex && number !== undefined) this.#isGoodIndex = false;
  }

  #readPrecision(): void {
    const { flags } = this.#printer;
    if (this.#format.charAt(this.#at) !== '.' || this.#at + 1 >= this.#format.length) return;
    this.#at += 1;
    if (this.#isAfterIndex) this.#isGoodIndex = false;
    this.#readIndex();
    if (this.#format.charAt(this.#at) === '*') {
      const precision = this.#readStar();
      flags.precision = precision === undefined || precision < 0 ? undefined : precision;
      if (flags.precision === undefined) this.#printer.write('%!(BADPREC)');
      this.#isAfterIndex = false;
      return;
    }
    const { number, end } = readDigits(this.#format, this.#at, this.#format.length);
    flags.precision = number ?? 0;
    this.#at = end;
  }

  #extra(): void {
    this.#printer.flags = noFlags();
    this.#printer.write('%!(EXTRA ');
    for (const [index, operand] of this.#operands.slice(this.#next).entries()) {
      if (index > 0) this.#printer.write(', ');
      const value = unwrapInterface(operand);
      if (value.kind !== 'none') this.#printer.write(`${value.type.name}=`);
      this.#printer.printOperand(value, 'v');
    }
    this.#printer.write(')');
  }
}

/** Go's fmt.Sprintf. */
export function sprintf(budget: Budget, format: ByteString, operands: readonly Value[]): ByteString {
  const printer = new Printer(budget);
  new Formatter(printer, format, operands).run();
  return printer.out;
}

/** Go's fmt.Sprint: blanks between operands of which neither is a string. */
export function sprint(budget: Budget, operands: readonly Value[]): ByteString {
  const [only] = operands;
  if (operands.length === 1 && only !== undefined) return sprintOne(budget, only);
  const printer = new Printer(budget);
  let wasString = false;
  for (const [index, operand] of operands.entries()) {
    const value = unwrapInterface(operand);
    const isString = value.kind === 'string';
    if (index > 0 && !isString && !wasString) printer.write(' ');
    printer.printOperand(value, 'v');
    wasString = isString;
  }
  return printer.out;
}

/** Go's fmt.Sprint of one operand. */
export function sprintOne(budget: Budget, operand: Value): ByteString {
  const value = unwrapInterface(operand);
  if (value.kind === 'string' && value.type.methods.size === 0) return value.text;
  const printer = new Printer(budget);
  printer.printOperand(value, 'v');
  return printer.out;
}

/** Go's fmt.Sprintln. */
export function sprintln(budget: Budget, operands: readonly Value[]): ByteString {
  const printer = new Printer(budget);
  for (const [index, operand] of operands.entries()) {
    if (index > 0) printer.write(' ');
    printer.printOperand(operand, 'v');
  }
  printer.write('\n');
  return printer.out;
}
