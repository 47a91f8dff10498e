export interface Requirement {
  readonly what: string;
  readonly most?: number;
  readonly least?: number;
  readonly measured: number;
  /** The same figure of what it is compared with. */
  readonly beside?: number;
}

/** A figure that is not a number meets nothing. */
export function isMet({
  most = Number.POSITIVE_INFINITY,
  least = Number.NEGATIVE_INFINITY,
  measured,
}: Requirement): boolean {
  return measured <= most && measured >= least;
}

const asked = ({ most, least }: Requirement) =>
  most !== undefined ? `< ${most}` : least !== undefined ? `>= ${least}` : '–';

const figure = (value: number) => value.toFixed(value < 10 ? 1 : 0);

/** The table of docs/performance.md; with a column for what is compared where `heads` names one. */
export function toReport(
  requirements: readonly Requirement[],
  heads: { readonly measured: string; readonly beside?: string } = { measured: 'measured' },
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const withBeside = (cell: string) => (heads.beside === undefined ? [] : [cell]);
  const rows = requirements.map((row) => [
    row.what,
    asked(row),
    figure(row.measured),
    ...withBeside(row.beside === undefined ? '–' : figure(row.beside)),
    isMet(row) ? 'yes' : 'NO',
  ]);
  const head = ['', 'required', heads.measured, ...withBeside(heads.beside ?? ''), 'met'];
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
