export interface Age {
  readonly unit: 'seconds' | 'minutes' | 'hours' | 'days' | 'years';
  readonly count: number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/** A span of time in the one unit that tells it best, as kubectl's ages do. A negative span is none. */
export function toAge(spanMs: number): Age {
  const seconds = Math.max(0, Math.floor(spanMs / 1_000));
  if (seconds < 2 * MINUTE) return { unit: 'seconds', count: seconds };
  if (seconds < 2 * HOUR) return { unit: 'minutes', count: Math.floor(seconds / MINUTE) };
  if (seconds < 2 * DAY) return { unit: 'hours', count: Math.floor(seconds / HOUR) };
  if (seconds < 2 * YEAR) return { unit: 'days', count: Math.floor(seconds / DAY) };
  return { unit: 'years', count: Math.floor(seconds / YEAR) };
}
