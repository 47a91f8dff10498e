const DECIMAL_SUFFIXES: ReadonlyMap<string, number> = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);
const BINARY_SUFFIXES: ReadonlyMap<string, number> = new Map([
  ['Ki', 10],
  ['Mi', 20],
  ['Gi', 30],
  ['Ti', 40],
  ['Pi', 50],
  ['Ei', 60],
]);
const DECIMAL_NAMES = new Map([...DECIMAL_SUFFIXES].map(([name, power]) => [power, name]));
const NANO = 9;
const FORM = /^([+-]?)(0*)(\d*)(?:\.(\d*))?(.*)$/;
const SUFFIX = /^[eEinumkKMGTP]*[-+]?\d*$/;
const MAX_DIGITS_FAST = 18;
const MAX_BINARY_DIGITS = 14;
// Up to here a suffix without digits still goes the way that takes it for zero.
const MAX_BARE_POWER = 40;
const MAX_EXPONENT = 1000;
const MAX_BINARY = 2n ** 63n - 1n;

export type QuantityFault = 'form' | 'suffix' | 'numeric';
export type QuantityResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly fault: QuantityFault };

interface Parts {
  readonly isNegative: boolean;
  readonly whole: string;
  readonly fraction: string;
  readonly family: 'decimal' | 'exponent' | 'binary';
  readonly power: number;
}

const FAULT_TEXTS: Readonly<Record<QuantityFault, string>> = {
  form: "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
  suffix: "unable to parse quantity's suffix",
  numeric: 'unable to parse numeric part of quantity',
};

/** What Kubernetes says of a text that is no quantity. */
export function quantityFaultText(fault: QuantityFault): string {
  return FAULT_TEXTS[fault];
}

/**
 * Rewrites a quantity as Kubernetes prints it after reading: `2000m` is `2`, `1024Mi` is `1Gi`, `0.5` is `500m`.
 *
 * Output: the canonical text; some inputs are kept as typed, as upstream keeps them (`1.500`, `500Mi`).
 * Fails on a text that is no quantity.
 * Source: Kubernetes, apimachinery/pkg/api/resource, ParseQuantity and CanonicalizeBytes.
 */
export function canonicalQuantity(text: string): QuantityResult {
  const known = recent.get(text);
  if (known !== undefined) return known;
  const result = readQuantity(text);
  if (recent.size >= MAX_RECENT) recent.clear();
  recent.set(text, result);
  return result;
}

// A pod is read several times on its way, and pods ask for the same few amounts.
const MAX_RECENT = 1_000;
const recent = new Map<string, QuantityResult>();

function readQuantity(text: string): QuantityResult {
  if (text === '0') return { ok: true, text };
  const parts = parseParts(text);
  if (typeof parts === 'string') return { ok: false, fault: parts };
  if (isKeptAsTyped(parts)) return { ok: true, text };
  if (parts.family === 'binary') return { ok: true, text: writeBinary(parts) };
  return { ok: true, text: writeDecimal(toNano(parts), parts.isNegative, parts.family) };
}

function parseParts(text: string): Parts | QuantityFault {
  const [, sign = '', zeros = '', digits = '', fraction = '', suffix = ''] = FORM.exec(text) ?? [];
  if (text === '') return 'form';
  if (!SUFFIX.test(suffix)) return 'form';
  const number = { isNegative: sign === '-', whole: digits === '' ? '0' : digits, fraction };
  const isBare = zeros + digits + fraction === '';
  const decimal = DECIMAL_SUFFIXES.get(suffix);
  if (decimal !== undefined) return { ...number, family: 'decimal', power: decimal };
  const binary = BINARY_SUFFIXES.get(suffix);
  if (binary !== undefined)
    return isBare && binary > MAX_BARE_POWER ? 'numeric' : { ...number, family: 'binary', power: binary };
  const exponent = /^[eE]([-+]?\d+)$/.exec(suffix)?.[1];
  // A number of a thousand digits helps nobody and costs whoever writes it out.
  if (exponent === undefined || Math.abs(Number(exponent)) > MAX_EXPONENT) return 'suffix';
  return { ...number, family: 'exponent', power: Number(exponent) };
}

// Upstream keeps the text where its fast path parsed it and the digits need no shortening.
function isKeptAsTyped({ whole, fraction, family, power }: Parts): boolean {
  const digits = whole + fraction;
  if (family === 'binary') {
    const room = MAX_BINARY_DIGITS - whole.length - Math.trunc((power * 3) / 10);
    return fraction === '' && room >= 0 && Number(whole.slice(-3)) % 8 !== 0;
  }
  const scale = power - fraction.length;
  const isFast = digits.length <= MAX_DIGITS_FAST && scale >= -NANO;
  return isFast && scale % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0');
}

function toNano({ whole, fraction, power }: Parts): bigint {
  const digits = BigInt(`${whole}${fraction}` || '0');
  return scaleUp(digits, power - fraction.length + NANO);
}

// What is finer than a nano rounds away from zero.
function scaleUp(digits: bigint, scale: number): bigint {
  if (scale >= 0) return digits * 10n ** BigInt(scale);
  const divisor = 10n ** BigInt(-scale);
  return (digits + divisor - 1n) / divisor;
}

function writeDecimal(nano: bigint, isNegative: boolean, family: 'decimal' | 'exponent'): string {
  if (nano === 0n) return '0';
  let mantissa = nano;
  let power = -NANO;
  while (mantissa % 1000n === 0n) {
    mantissa /= 1000n;
    power += 3;
  }
  // Beyond E upstream finds no suffix and writes none.
  const suffix = family === 'decimal' ? (DECIMAL_NAMES.get(power) ?? '') : power === 0 ? '' : `e${power}`;
  return `${isNegative ? '-' : ''}${mantissa}${suffix}`;
}

function writeBinary(parts: Parts): string {
  const scaled = BigInt(`${parts.whole}${parts.fraction}`) * 2n ** BigInt(parts.power);
  const one = 10n ** BigInt(NANO);
  const uncapped = scaleUp(scaled, NANO - parts.fraction.length);
  const nano = uncapped > MAX_BINARY * one ? MAX_BINARY * one : uncapped;
  const sign = parts.isNegative ? '-' : '';
  if (nano === 0n) return '0';
  if (nano < 1024n * one || nano % one !== 0n) return writeDecimal(nano, parts.isNegative, 'decimal');
  let mantissa = nano / one;
  let power = 0;
  while (mantissa % 1024n === 0n) {
    mantissa /= 1024n;
    power += 10;
  }
  const suffix = [...BINARY_SUFFIXES].find(([, size]) => size === power)?.[0] ?? '';
  return `${sign}${mantissa}${suffix}`;
}
