/** The layout of RFC 3339 in Go's spelling, part by part. */
const PARTS: readonly (readonly [layout: string, pattern: RegExp, most?: number])[] = [
  ['2006', /^\d{4}/],
  ['-', /^-/],
  ['01', /^\d{2}/, 12],
  ['-', /^-/],
  ['02', /^\d{2}/, 31],
  ['T', /^T/],
  ['15', /^\d{2}/, 23],
  [':', /^:/],
  ['04', /^\d{2}/, 59],
  [':', /^:/],
  ['05', /^\d{2}(?:[.,]\d+)?/, 59],
  ['Z07:00', /^(?:Z|[+-]\d{2}:\d{2})/],
];
const COUNTED_FROM_ONE: ReadonlySet<string> = new Set(['01', '02']);
const NAMES: Readonly<Record<string, string>> = {
  '01': 'month',
  '02': 'day',
  '15': 'hour',
  '04': 'minute',
  '05': 'second',
};

/** What Go says of a text that is no time of RFC 3339. Source: Go, time.Parse. */
export function goTimeFault(text: string): string {
  const head = `parsing time ${JSON.stringify(text)}`;
  let rest = text;
  for (const [layout, pattern, most] of PARTS) {
    const found = pattern.exec(rest)?.[0];
    if (found === undefined)
      return `${head} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(rest)} as "${layout}"`;
    const value = Number.parseInt(found, 10);
    const isOut = most !== undefined && (value > most || (COUNTED_FROM_ONE.has(layout) && value === 0));
    if (isOut) return `${head}: ${NAMES[layout]} out of range`;
    rest = rest.slice(found.length);
  }
  return rest === '' ? `${head}: day out of range` : `${head}: extra text: ${JSON.stringify(rest)}`;
}
