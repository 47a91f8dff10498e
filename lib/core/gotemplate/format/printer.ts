import type { Budget } from '@/lib/core/gotemplate/evaluate/limits';
import { type ByteString, encodeRune } from '@/lib/core/gotemplate/values/byte-string';
import { NO_METHODS } from '@/lib/core/gotemplate/values/go-type';
import {
  asCopy,
  type SliceValue,
  type TypedValue,
  unwrapInterface,
  type Value,
} from '@/lib/core/gotemplate/values/go-value';
import { findMethod } from '@/lib/core/gotemplate/values/methods';
import {
  type Flags,
  noFlags,
  pad,
  padCharacter,
  padFloat,
  padHex,
  padInteger,
  padQuoted,
  padQuotedCharacter,
  padText,
  padUnicode,
} from './padding';
import { keyValue, sortedEntries } from './sort-keys';

const STRING_VERBS = new Set(['v', 's', 'x', 'X', 'q']);
/** Go prints where a pointer points; there is no such place here, and no template may depend on it. */
const ADDRESS = 0xc000010000n;

/** The bytes of a []byte. */
export function bytesOf(slice: SliceValue): ByteString {
  return (slice.items ?? [])
    .map((item) => (item.kind === 'uint' ? String.fromCharCode(Number(item.int)) : ''))
    .join('');
}

/** What a type's Error or String method says of a value, if it has one. */
export function textByMethod(operand: Value): ByteString | undefined {
  const value = operand.kind === 'none' ? operand : asCopy(operand);
  for (const name of ['Error', 'String']) {
    const bound = findMethod(value, name);
    if (bound === undefined || bound.method.params.length > 0) continue;
    if (bound.panic !== undefined)
      return value.kind === 'pointer' ? '<nil>' : `%!v(PANIC=${name} method: ${bound.panic})`;
    const result = bound.method.call(bound.receiver, []);
    if (result.kind === 'string') return result.text;
  }
  return undefined;
}

function mayHaveMethods(value: TypedValue): boolean {
  const type = value.kind === 'pointer' ? value.type.elem : value.type;
  return type.methods !== NO_METHODS || type.kind === 'struct';
}

/** Writes values as Go's fmt does. Source: Go, fmt, print.go. */
export class Printer {
  out: ByteString = '';
  flags: Flags = noFlags();
  readonly #budget: Budget;
  #isErring = false;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  write(text: ByteString): void {
    this.out += text;
    this.#budget.checkLength(this.out.length);
  }

  /** One operand, as it stands in an argument list. */
  printOperand(operand: Value, verb: string): void {
    const value = unwrapInterface(operand);
    if (value.kind === 'none') {
      if (verb === 'T' || verb === 'v') this.write(pad('<nil>', this.flags));
      else this.#badVerb(verb, value);
    } else if (verb === 'T') this.write(padText(value.type.name, this.flags));
    else if (verb === 'p') this.#pointer(value, 'p');
    else if (!this.#byMethod(value, verb)) this.#print(value, verb, 0);
  }

  #byMethod(value: TypedValue, verb: string): boolean {
    if (this.#isErring || this.flags.sharpV || !STRING_VERBS.has(verb) || !mayHaveMethods(value)) return false;
    const text = textByMethod(value);
    if (text !== undefined) this.#string(text, verb, value);
    return text !== undefined;
  }

  #nested(item: Value, verb: string, depth: number): void {
    this.#budget.spend(1);
    if (item.kind === 'none') this.write('<nil>');
    else if (item.kind === 'interface') this.#interface(item, verb, depth);
    else if (!this.#byMethod(item, verb)) this.#print(item, verb, depth);
  }

  #interface(value: Extract<TypedValue, { kind: 'interface' }>, verb: string, depth: number): void {
    if (value.inner !== undefined) this.#nested(value.inner, verb, depth + 1);
    else this.write(this.flags.sharpV ? `${value.type.name}(nil)` : '<nil>');
  }

  #print(value: TypedValue, verb: string, depth: number): void {
    switch (value.kind) {
      case 'bool':
        if (verb === 't' || verb === 'v') this.write(pad(String(value.bool), this.flags));
        else this.#badVerb(verb, value);
        break;
      case 'int':
      case 'uint':
        this.#integer(value.int, verb, value);
        break;
      case 'float':
        this.#float(value.float, verb, value, value.type.bits);
        break;
      case 'complex':
        this.#complex(value, verb);
        break;
      case 'string':
        this.#string(value.text, verb, value);
        break;
      case 'map':
        this.#map(value, verb, depth);
        break;
      case 'struct':
        this.#struct(value, verb, depth);
        break;
      case 'slice':
        this.#slice(value, verb, depth);
        break;
      case 'pointer':
        this.#pointerTo(value, verb, depth);
        break;
      case 'interface':
        this.#interface(value, verb, depth);
        break;
      case 'func':
        this.#pointer(value, verb);
        break;
    }
  }

  #integer(int: bigint, verb: string, value: TypedValue): void {
    const { flags } = this;
    switch (verb) {
      case 'v':
        if (flags.sharpV && value.kind === 'uint') this.write(padInteger(int, { ...flags, sharp: true }, 16, 'v'));
        else this.write(padInteger(int, flags, 10, verb));
        break;
      case 'd':
        this.write(padInteger(int, flags, 10, verb));
        break;
      case 'b':
        this.write(padInteger(int, flags, 2, verb));
        break;
      case 'o':
      case 'O':
        this.write(padInteger(int, flags, 8, verb));
        break;
      case 'x':
      case 'X':
        this.write(padInteger(int, flags, 16, verb));
        break;
      case 'c':
        this.write(padCharacter(int, flags));
        break;
      case 'q':
        this.write(padQuotedCharacter(int, flags));
        break;
      case 'U':
        this.write(padUnicode(int, flags));
        break;
      default:
        this.#badVerb(verb, value);
    }
  }

  #float(float: number, verb: string, value: TypedValue, bits: number): void {
    switch (verb) {
      case 'v':
        this.write(padFloat(float, this.flags, 'g', -1, bits));
        break;
      case 'b':
      case 'g':
      case 'G':
      case 'x':
      case 'X':
        this.write(padFloat(float, this.flags, verb, -1, bits));
        break;
      case 'e':
      case 'E':
      case 'f':
        this.write(padFloat(float, this.flags, verb, 6, bits));
        break;
      case 'F':
        this.write(padFloat(float, this.flags, 'f', 6, bits));
        break;
      default:
        this.#badVerb(verb, value);
    }
  }

  #complex(value: Extract<TypedValue, { kind: 'complex' }>, verb: string): void {
    if (!'vbgGxXfFeE'.includes(verb)) {
      this.#badVerb(verb, value);
      return;
    }
    const { plus } = this.flags;
    this.write('(');
    this.#float(value.real, verb, value, 64);
    this.flags.plus = true;
    this.#float(value.imaginary, verb, value, 64);
    this.flags.plus = plus;
    this.write('i)');
  }

  #string(text: ByteString, verb: string, value: TypedValue): void {
    switch (verb) {
      case 'v':
        this.write(this.flags.sharpV ? padQuoted(text, this.flags) : padText(text, this.flags));
        break;
      case 's':
        this.write(padText(text, this.flags));
        break;
      case 'x':
      case 'X':
        this.write(padHex(text, this.flags, verb === 'X'));
        break;
      case 'q':
        this.write(padQuoted(text, this.flags));
        break;
      default:
        this.#badVerb(verb, value);
    }
  }

  #map(value: Extract<TypedValue, { kind: 'map' }>, verb: string, depth: number): void {
    const { sharpV } = this.flags;
    if (sharpV && value.entries === undefined) {
      this.write(`${value.type.name}(nil)`);
      return;
    }
    this.write(sharpV ? `${value.type.name}{` : 'map[');
    for (const [index, [key, item]] of sortedEntries(value).entries()) {
      if (index > 0) this.write(sharpV ? ', ' : ' ');
      this.#nested(keyValue(key, value.type.key), verb, depth + 1);
      this.write(':');
      this.#nested(item, verb, depth + 1);
    }
    this.write(sharpV ? '}' : ']');
  }

  #struct(value: Extract<TypedValue, { kind: 'struct' }>, verb: string, depth: number): void {
    const { sharpV, plusV } = this.flags;
    this.write(sharpV ? `${value.type.name}{` : '{');
    for (const [index, field] of value.type.fields.entries()) {
      if (index > 0) this.write(sharpV ? ', ' : ' ');
      if (plusV || sharpV) this.write(`${field.name}:`);
      const item = value.data.field(index);
      const isHidden = /^[a-z_]/.test(field.name);
      if (isHidden && item.kind !== 'none') this.#print(item, verb, depth + 1);
      else this.#nested(item.kind === 'interface' && item.inner !== undefined ? item.inner : item, verb, depth + 1);
    }
    this.write('}');
  }

  #slice(value: SliceValue, verb: string, depth: number): void {
    const isBytes = value.type.elem.kind === 'uint' && value.type.elem.bits === 8;
    if (isBytes && 'sqxX'.includes(verb)) {
      this.#string(bytesOf(value), verb, value);
      return;
    }
    const { sharpV } = this.flags;
    const name = isBytes && depth === 0 ? '[]byte' : value.type.name;
    if (sharpV && value.items === undefined) {
      this.write(`${name}(nil)`);
      return;
    }
    this.write(sharpV ? `${name}{` : '[');
    for (const [index, item] of (value.items ?? []).entries()) {
      if (index > 0) this.write(sharpV ? ', ' : ' ');
      this.#nested(item, verb, depth + 1);
    }
    this.write(sharpV ? '}' : ']');
  }

  #pointerTo(value: Extract<TypedValue, { kind: 'pointer' }>, verb: string, depth: number): void {
    const { target } = value;
    const isContainer = target?.kind === 'struct' || target?.kind === 'slice' || target?.kind === 'map';
    if (depth > 0 || target === undefined || !isContainer) {
      this.#pointer(value, verb);
      return;
    }
    this.write('&');
    this.#nested(target, verb, depth + 1);
  }

  #pointer(value: TypedValue, verb: string): void {
    if (!['pointer', 'func', 'map', 'slice'].includes(value.kind)) {
      this.#badVerb(verb, value);
      return;
    }
    const isNil = value.kind === 'pointer' && value.target === undefined;
    const address = isNil ? 0n : ADDRESS;
    const asHex = (sharp: boolean) => padInteger(address, { ...this.flags, sharp }, 16, 'v');
    if (verb === 'p') this.write(asHex(!this.flags.sharp));
    else if (verb === 'v' && this.flags.sharpV) this.write(`(${value.type.name})(${isNil ? 'nil' : asHex(true)})`);
    else if (verb === 'v') this.write(isNil ? pad('<nil>', this.flags) : asHex(!this.flags.sharp));
    else if ('bodxX'.includes(verb)) this.#integer(address, verb, value);
    else this.#badVerb(verb, value);
  }

  #badVerb(verb: string, value: Value): void {
    this.#isErring = true;
    this.write(`%!${encodeRune(verb.codePointAt(0) ?? 0xfffd)}(`);
    if (value.kind === 'none') this.write('<nil>');
    else {
      this.write(`${value.type.name}=`);
      this.#print(value, 'v', 0);
    }
    this.write(')');
    this.#isErring = false;
  }
}
