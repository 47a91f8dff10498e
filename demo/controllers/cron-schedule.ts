/** A parsed cron schedule: the allowed values of each field. */
export interface CronSchedule {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  /** A restricted day and a restricted weekday: either may match. */
  readonly isEitherDay: boolean;
}

const MACROS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

interface FieldRange {
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
}

function parseNumber(text: string, range: FieldRange): number | undefined {
  const named = range.names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return named + range.from;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= range.from && value <= range.to ? value : undefined;
}

/** `*`, `*\/5`, `1-5`, `1-30/2`, `mon`, and lists of them. */
function parseField(text: string, range: FieldRange): Set<number> | undefined {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [span = '', stepText] = part.split('/');
    const step = stepText === undefined ? 1 : Number(stepText);
    if (!Number.isInteger(step) || step < 1) return undefined;
    const isAll = span === '*' || span === '?';
    const [first = '', last] = isAll ? [] : span.split('-');
    const from = isAll ? range.from : parseNumber(first, range);
    const open = stepText === undefined ? from : range.to;
    const to = isAll ? range.to : last === undefined ? open : parseNumber(last, range);
    if (from === undefined || to === undefined || from > to) return undefined;
    for (let value = from; value <= to; value += step) values.add(value);
  }
  return values;
}

/** Parses a CronJob's schedule; undefined when it is not one. */
export function parseCronSchedule(text: string): CronSchedule | undefined {
  const fields = (MACROS[text.trim()] ?? text.trim()).split(/\s+/);
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  if (fields.length !== 5) return undefined;
  const minutes = parseField(minute, { from: 0, to: 59 });
  const hours = parseField(hour, { from: 0, to: 23 });
  const days = parseField(day, { from: 1, to: 31 });
  const months = parseField(month, { from: 1, to: 12, names: MONTHS });
  const weekdays = parseField(weekday.replaceAll('7', '0'), { from: 0, to: 6, names: WEEKDAYS });
  if (!minutes || !hours || !days || !months || !weekdays) return undefined;
  const isRestricted = (field: string) => !field.startsWith('*') && !field.startsWith('?');
  return { minutes, hours, days, months, weekdays, isEitherDay: isRestricted(day) && isRestricted(weekday) };
}

function matchesDay(schedule: CronSchedule, at: Date): boolean {
  const isDay = schedule.days.has(at.getUTCDate());
  const isWeekday = schedule.weekdays.has(at.getUTCDay());
  return schedule.isEitherDay ? isDay || isWeekday : isDay && isWeekday;
}

/** The first matching minute after a time, in UTC; undefined when there is none within five years. */
export function nextRun(schedule: CronSchedule, after: number): number | undefined {
  const at = new Date(Math.floor(after / 60_000) * 60_000 + 60_000);
  const limit = after + 5 * 366 * 86_400_000;
  while (at.getTime() <= limit) {
    if (!schedule.months.has(at.getUTCMonth() + 1) || !matchesDay(schedule, at)) {
      at.setUTCHours(24, 0, 0, 0);
    } else if (!schedule.hours.has(at.getUTCHours())) {
      at.setUTCMinutes(60, 0, 0);
    } else if (!schedule.minutes.has(at.getUTCMinutes())) {
      at.setTime(at.getTime() + 60_000);
    } else return at.getTime();
  }
  return undefined;
}
