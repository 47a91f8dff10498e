import { type Decimal, exactDecimal, roundDecimal, shortestDecimal, splitFloat } from './decimal';

export type FloatVerb = 'e' | 'E' | 'f' | 'g' | 'G' | 'b' | 'x' | 'X';

/** Go's exponent form: at least two digits. */
function exponentText(exponent: number): string {
  const digits = String(Math.abs(exponent)).padStart(2, '0');
  return `${exponent < 0 ? '-' : '+'}${digits}`;
}

function scientific(decimal: Decimal, precision: number, letter: string): string {
  const digits = decimal.digits.padEnd(precision + 1, '0');
  const fraction = precision > 0 ? `.${digits.slice(1, precision + 1)}` : '';
  const exponent = decimal.digits === '' ? 0 : decimal.point - 1;
  return `${digits.charAt(0) === '' ? '0' : digits.charAt(0)}${fraction}${letter}${exponentText(exponent)}`;
}

function plain({ digits, point }: Decimal, precision: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  if (precision <= 0) return whole;
  const fraction = point > 0 ? digits.slice(point) : '0'.repeat(Math.min(-point, precision)) + digits;
  return `${whole}.${fraction.slice(0, precision).padEnd(precision, '0')}`;
}

function general(float: number, precision: number, bits: number, letter: string): string {
  const isShortest = precision < 0;
  const wanted = precision === 0 ? 1 : precision;
  const decimal = isShortest ? shortestDecimal(float, bits) : roundDecimal(exactDecimal(float), wanted);
  const count = decimal.digits.length;
  let limit = isShortest ? 6 : wanted;
  if (!isShortest && limit > count && count >= decimal.point) limit = count;
  const exponent = decimal.digits === '' ? -1 : decimal.point - 1;
  if (decimal.digits !== '' && (exponent < -4 || exponent >= limit)) {
    return scientific(decimal, Math.max(count - 1, 0), letter);
  }
  return plain(decimal, Math.max(count - decimal.point, 0));
}

function hexadecimal(float: number, precision: number): string {
  if (float === 0) return precision > 0 ? `0x0.${'0'.repeat(precision)}p+00` : '0x0p+00';
  const { mantissa, exponent } = splitFloat(float);
  const shift = mantissa.toString(2).length - 1;
  let power = exponent + shift;
  let fraction = (mantissa - (1n << BigInt(shift))) << BigInt(52 - shift);
  let digits = fraction.toString(16).padStart(13, '0').replace(/0+$/, '');
  let lead = '1';
  if (precision >= 0 && digits.length > precision) {
    const dropped = BigInt(52 - 4 * precision);
    const whole = (1n << 52n) | fraction;
    let kept = whole >> dropped;
    const rest = whole & ((1n << dropped) - 1n);
    const half = 1n << (dropped - 1n);
    if (rest > half || (rest === half && kept % 2n === 1n)) kept += 1n;
    if (kept >> BigInt(4 * precision) === 2n) {
      power += 1;
      kept >>= 1n;
    }
    fraction = kept & ((1n << BigInt(4 * precision)) - 1n);
    digits = precision === 0 ? '' : fraction.toString(16).padStart(precision, '0');
    lead = '1';
  }
  if (precision >= 0) digits = digits.padEnd(precision, '0');
  return `0x${lead}${digits === '' ? '' : `.${digits}`}p${exponentText(power)}`;
}

function magnitude(float: number, verb: FloatVerb, precision: number, bits: number): string {
  switch (verb) {
    case 'e':
    case 'E': {
      const decimal = precision < 0 ? shortestDecimal(float, bits) : roundDecimal(exactDecimal(float), precision + 1);
      return scientific(decimal, precision < 0 ? Math.max(decimal.digits.length - 1, 0) : precision, verb);
    }
    case 'f': {
      if (precision < 0) {
        const decimal = shortestDecimal(float, bits);
        return plain(decimal, Math.max(decimal.digits.length - decimal.point, 0));
      }
      const exact = exactDecimal(float);
      return plain(roundDecimal(exact, exact.point + precision), precision);
    }
    case 'g':
      return general(float, precision, bits, 'e');
    case 'G':
      return general(float, precision, bits, 'E');
    case 'b': {
      const { mantissa, exponent } = splitFloat(float);
      return `${mantissa}p${exponent < 0 ? '' : '+'}${exponent}`;
    }
    case 'x':
      return hexadecimal(float, precision);
    case 'X':
      return hexadecimal(float, precision).toUpperCase();
  }
}

/**
 * Formats a float as Go's strconv.FormatFloat.
 *
 * Input: a precision of -1 asks for the shortest digits that read back as the same float.
 * Output: with a minus sign where the float has one (also -0); `NaN`, `+Inf`, `-Inf`.
 */
export function formatFloat(float: number, verb: FloatVerb, precision: number, bits = 64): string {
  if (Number.isNaN(float)) return 'NaN';
  if (!Number.isFinite(float)) return float > 0 ? '+Inf' : '-Inf';
  const isNegative = float < 0 || Object.is(float, -0);
  return (isNegative ? '-' : '') + magnitude(Math.abs(float), verb, precision, bits);
}
