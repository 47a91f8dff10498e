/** A positive number as decimal digits: 0.DIGITS times ten to the power of `point`. Zero has no digits. */
export interface Decimal {
  readonly digits: string;
  readonly point: number;
}

function ofExponential(text: string): Decimal {
  const match = /^(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  const digits = ((match?.[1] ?? '0') + (match?.[2] ?? '')).replace(/0+$/, '');
  return { digits, point: digits === '' ? 0 : Number(match?.[3] ?? 0) + 1 };
}

/** The fewest digits that read back as the same float. */
export function shortestDecimal(float: number, bits: number): Decimal {
  if (bits !== 32) return ofExponential(float.toExponential());
  for (let digits = 0; digits < 8; digits++) {
    const text = float.toExponential(digits);
    if (Math.fround(Number(text)) === float) return ofExponential(text);
  }
  return ofExponential(float.toExponential(8));
}

/** Mantissa and power of two of a positive finite float. */
export function splitFloat(float: number): { readonly mantissa: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, float);
  const raw = view.getBigUint64(0);
  const biased = Number((raw >> 52n) & 0x7ffn);
  const fraction = raw & 0xfffffffffffffn;
  if (biased === 0) return { mantissa: fraction, exponent: -1074 };
  return { mantissa: fraction | 0x10000000000000n, exponent: biased - 1075 };
}

/** All digits of a positive finite float. */
export function exactDecimal(float: number): Decimal {
  const { mantissa, exponent } = splitFloat(float);
  if (mantissa === 0n) return { digits: '', point: 0 };
  if (exponent >= 0) {
    const text = (mantissa << BigInt(exponent)).toString();
    return { digits: text.replace(/0+$/, ''), point: text.length };
  }
  const text = (mantissa * 5n ** BigInt(-exponent)).toString();
  return { digits: text.replace(/0+$/, ''), point: text.length + exponent };
}

/** Keeps `count` digits, halves to even. */
export function roundDecimal(decimal: Decimal, count: number): Decimal {
  const { digits, point } = decimal;
  if (count >= digits.length) return decimal;
  if (count < 0) return { digits: '', point: 0 };
  const next = digits.charCodeAt(count) - 48;
  const isTie = next === 5 && digits.length === count + 1;
  const isLastOdd = count > 0 && digits.charCodeAt(count - 1) % 2 === 1;
  const kept = digits.slice(0, count);
  if (isTie ? !isLastOdd : next < 5) {
    const trimmed = kept.replace(/0+$/, '');
    return { digits: trimmed, point: trimmed === '' ? 0 : point };
  }
  const raised = (BigInt(kept === '' ? '0' : kept) + 1n).toString().padStart(count, '0');
  const grew = raised.length > count ? 1 : 0;
  return { digits: raised.replace(/0+$/, ''), point: point + grew };
}
