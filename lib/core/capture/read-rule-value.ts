const MAX_PORT = 65_535;

/** A range of whole numbers, both ends included. */
export type NumberRange = readonly [low: number, high: number];

/** `80`, `8000:8010`, `:80`, `80:`; nothing for names and anything else. */
export function readPortRange(text: string): NumberRange | undefined {
  const parts = /^(\d{0,5})(:?)(\d{0,5})$/.exec(text);
  if (parts === null) return undefined;
  const [, first = '', colon, second = ''] = parts;
  if (colon === '') return first !== '' && Number(first) <= MAX_PORT ? [Number(first), Number(first)] : undefined;
  if (first === '' && second === '') return undefined;
  const [low, high] = [first === '' ? 0 : Number(first), second === '' ? MAX_PORT : Number(second)];
  return high <= MAX_PORT && low <= high ? [low, high] : undefined;
}

/** `53,15008,8000:8010`; nothing if one element cannot be read. */
export function readPortRanges(text: string): readonly NumberRange[] | undefined {
  const ranges: NumberRange[] = [];
  for (const part of text.split(',')) {
    const range = readPortRange(part);
    if (range === undefined) return undefined;
    ranges.push(range);
  }
  return ranges;
}

/** A user or group number or a range `a-b`; names cannot be resolved from outside the container. */
export function readIdRange(text: string): NumberRange | undefined {
  const parts = /^(\d{1,10})(?:-(\d{1,10}))?$/.exec(text);
  if (parts === null) return undefined;
  const low = Number(parts[1]);
  const high = parts[2] === undefined ? low : Number(parts[2]);
  return low <= high ? [low, high] : undefined;
}

export interface MaskedNumber {
  readonly value: number;
  readonly mask: number;
}

const ALL_BITS = 0xff_ff_ff_ff;

/** `0x539`, `1337`, `0x111/0xfff`, all of 32 bits; the mask is all ones where none is written. */
export function readMask(text: string): MaskedNumber | undefined {
  const parts = /^(0x[0-9a-f]{1,8}|\d{1,10})(?:\/(0x[0-9a-f]{1,8}|\d{1,10}))?$/i.exec(text);
  if (parts === null) return undefined;
  const value = toNumber(parts[1] ?? '');
  const mask = parts[2] === undefined ? ALL_BITS : toNumber(parts[2]);
  return value > ALL_BITS || mask > ALL_BITS ? undefined : { value, mask };
}

/** The tools read a leading zero as octal. */
function toNumber(text: string): number {
  return /^0\d+$/.test(text) ? Number.parseInt(text, 8) : Number(text);
}

/** Whether a number is in one of the ranges, ends included. */
export function isInRanges(number: number, ranges: readonly NumberRange[]): boolean {
  return ranges.some(([low, high]) => number >= low && number <= high);
}
