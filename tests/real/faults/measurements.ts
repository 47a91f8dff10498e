/** What one fault measured, as a row of docs/reliability.md. */
export interface Measurement {
  readonly fault: string;
  readonly noticedMs?: number;
  readonly recoveredMs?: number;
  readonly growth: number;
  readonly changes: number;
  readonly slowestAnswerMs: number;
  readonly note?: string;
}

const seconds = (ms: number | undefined) => (ms === undefined ? '–' : `${(ms / 1000).toFixed(1)} s`);

/** The rows as a table, for people. */
export function toTable(rows: readonly Measurement[]): string {
  const lines = rows.map(({ fault, noticedMs, recoveredMs, growth, changes, slowestAnswerMs, note = '' }) =>
    [
      fault,
      seconds(noticedMs),
      seconds(recoveredMs),
      `${(growth * 100).toFixed(1)} %`,
      String(changes),
      seconds(slowestAnswerMs),
      note,
    ].join(' | '),
  );
  const head = 'fault | told stale after | recovered after | memory | changes meanwhile | slowest answer | remark';
  return [head, ...lines].join('\n');
}
