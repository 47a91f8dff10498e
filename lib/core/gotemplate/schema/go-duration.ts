const UNITS: readonly (readonly [string, bigint])[] = [
  ['ms', 1_000_000n],
  ['µs', 1000n],
  ['ns', 1n],
];

function withFraction(total: bigint, unit: bigint, digits: number): string {
  const fraction = (total % unit).toString().padStart(digits, '0').replace(/0+$/, '');
  return `${total / unit}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Go's time.Duration as text: `1m30.5s`, `1.5ms`, `0s`. */
export function formatGoDuration(nanoseconds: bigint): string {
  if (nanoseconds < 0n) return `-${formatGoDuration(-nanoseconds)}`;
  if (nanoseconds === 0n) return '0s';
  if (nanoseconds < 1_000_000_000n) {
    const [name, unit] = UNITS.find(([, size]) => nanoseconds >= size) ?? ['ns', 1n];
    return withFraction(nanoseconds, unit, unit.toString().length - 1) + name;
  }
  const minutes = nanoseconds / 60_000_000_000n;
  const seconds = `${withFraction(nanoseconds % 60_000_000_000n, 1_000_000_000n, 9)}s`;
  if (minutes === 0n) return seconds;
  const hours = minutes / 60n;
  return hours === 0n ? `${minutes}m${seconds}` : `${hours}h${minutes % 60n}m${seconds}`;
}

/** Seconds and nanoseconds of a duration in proto JSON, such as `1.5s`; undefined when it is none. */
export function parseProtoDuration(text: string): { readonly seconds: bigint; readonly nanos: bigint } | undefined {
  const match = /^(-?)(\d+)(?:\.(\d{1,9}))?s$/.exec(text);
  if (match === null) return undefined;
  const sign = match[1] === '-' ? -1n : 1n;
  return { seconds: sign * BigInt(match[2] ?? '0'), nanos: sign * BigInt((match[3] ?? '').padEnd(9, '0')) };
}
