export interface Requirement {
  readonly what: string;
  readonly most?: number;
  readonly least?: number;
  readonly measured: number;
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

/** The table of docs/performance.md. */
export function toReport(requirements: readonly Requirement[]): string {
  const rows = requirements.map((row) => {
    const { measured } = row;
    return `| ${row.what} | ${asked(row)} | ${measured.toFixed(measured < 10 ? 1 : 0)} | ${isMet(row) ? 'yes' : 'NO'} |`;
  });
  return ['| | required | measured | met |', '|---|---|---|---|', ...rows].join('\n');
}
