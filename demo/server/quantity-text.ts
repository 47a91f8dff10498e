const PATTERN = /^([+-]?)(\d+\.?\d*|\.\d+)(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]?|[eE][+-]?\d+)$/;

const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const DECIMAL_SUFFIXES = Object.entries(DECIMAL).sort(([, left], [, right]) => right - left);
const NANO = 1_000_000_000n;

interface Quantity {
  /** The value in thousand-millionths. */
  readonly nanos: bigint;
  readonly isNegative: boolean;
  readonly form: 'binary' | 'exponent' | 'decimal';
}

function parseQuantity(text: string): Quantity | undefined {
  const [, sign, digits = '', suffix = ''] = PATTERN.exec(text.trim()) ?? [];
  if (sign === undefined) return undefined;
  const power = BINARY.indexOf(suffix) + 1;
  const isExponent = /^[eE][+-]?\d/.test(suffix);
  const exponent = isExponent ? Number(suffix.slice(1)) : (DECIMAL[suffix] ?? 0);
  const nanos = toNanos(digits, power > 0 ? 0 : exponent) * (power > 0 ? 1024n ** BigInt(power) : 1n);
  return {
    nanos,
    isNegative: sign === '-' && nanos > 0n,
    form: power > 0 ? 'binary' : isExponent ? 'exponent' : 'decimal',
  };
}

/** The value of a quantity in thousand-millionths; undefined for what is none. */
export function nanosOf(text: string): bigint | undefined {
  const quantity = parseQuantity(text);
  return quantity?.isNegative === true ? -quantity.nanos : quantity?.nanos;
}

/**
 * A quantity as the real server writes it: no fraction, the largest suffix that keeps it whole; undefined for what is none.
 * Source: k8s.io/apimachinery, pkg/api/resource/quantity.go, CanonicalizeBytes.
 */
export function canonicalQuantity(text: string): string | undefined {
  const quantity = parseQuantity(text);
  if (quantity === undefined) return undefined;
  const { nanos, form, isNegative } = quantity;
  const minus = isNegative ? '-' : '';
  // A binary quantity with a fraction turns decimal.
  if (form === 'binary' && nanos % NANO === 0n) return minus + withBinarySuffix(nanos / NANO);
  return minus + (form === 'exponent' ? withExponent(nanos) : withDecimalSuffix(nanos));
}

function toNanos(digits: string, exponent: number): bigint {
  const [whole = '', fraction = ''] = digits.split('.');
  const shift = 9 + exponent - fraction.length;
  const value = BigInt(`${whole}${fraction}` || '0');
  if (shift >= 0) return value * 10n ** BigInt(shift);
  const divisor = 10n ** BigInt(-shift);
  // What is finer than a nano is rounded up.
  return (value + divisor - 1n) / divisor;
}

function withBinarySuffix(value: bigint): string {
  let [rest, power] = [value, 0];
  while (rest !== 0n && rest % 1024n === 0n && power < BINARY.length) {
    rest /= 1024n;
    power += 1;
  }
  return `${rest}${BINARY[power - 1] ?? ''}`;
}

function withDecimalSuffix(nanos: bigint): string {
  if (nanos === 0n) return '0';
  const [suffix = 'n', exponent = -9] =
    DECIMAL_SUFFIXES.find(([, power]) => nanos % 10n ** BigInt(power + 9) === 0n) ?? [];
  return `${nanos / 10n ** BigInt(exponent + 9)}${suffix}`;
}

function withExponent(nanos: bigint): string {
  if (nanos === 0n) return '0';
  const exponent = [18, 15, 12, 9, 6, 3, 0, -3, -6, -9].find((power) => nanos % 10n ** BigInt(power + 9) === 0n) ?? -9;
  return `${nanos / 10n ** BigInt(exponent + 9)}${exponent === 0 ? '' : `e${exponent}`}`;
}
