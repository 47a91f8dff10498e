import type { PreviewLine, PreviewRow, PreviewTotals } from '@/lib/api/preview';

type StartLine = Extract<PreviewLine, { type: 'start' }>;

/** What a stream of previews has told so far. */
export interface PreviewProgress {
  readonly start?: StartLine;
  /** By `rowId`; also rows of an earlier run of the same question, until this one comes to them. */
  readonly rows: ReadonlyMap<string, PreviewRow>;
  readonly totals?: PreviewTotals;
  /** How it ended on the server: whole, or with an error. */
  readonly ended?: 'whole' | { readonly code: string; readonly message: string };
}

export const NOTHING_YET: PreviewProgress = { rows: new Map() };

export const rowId = ({ kind, name }: { readonly kind: string; readonly name: string }): string => `${kind}/${name}`;

/** Takes lines in their order; many at once, so that a fast stream does not draw the table for each of them. */
export function takeLines(progress: PreviewProgress, lines: readonly PreviewLine[]): PreviewProgress {
  if (lines.length === 0) return progress;
  const rows = new Map(progress.rows);
  let next: PreviewProgress = { ...progress, rows };
  for (const line of lines) {
    switch (line.type) {
      case 'start':
        next = { ...next, start: line };
        break;
      case 'row':
        rows.set(rowId(line.row), line.row);
        next = { ...next, totals: line.totals };
        break;
      case 'end':
        next = { ...next, totals: line.totals, ended: 'whole' };
        break;
      case 'failure':
        next = { ...next, ended: line.error };
        break;
    }
  }
  return next;
}

/** Begins the same question again: rows that are known stay until they come anew. */
export const again = ({ rows }: PreviewProgress): PreviewProgress => ({ rows });
