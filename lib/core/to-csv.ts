export type CellValue = string | number | boolean | null;
export type ExportRow = Readonly<Record<string, CellValue>>;

/** A text that a spreadsheet would run as a formula gets an apostrophe in front, which it shows as text. */
function toCell(value: CellValue): string {
  if (value === null) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const columnsOf = (rows: readonly ExportRow[]): string[] => [...new Set(rows.flatMap((row) => Object.keys(row)))];

/** Rows as CSV (RFC 4180): the columns of all rows in order of appearance, CRLF at each line's end. */
export function toCsv(rows: readonly ExportRow[]): string {
  const columns = columnsOf(rows);
  const lines = [columns.map(toCell), ...rows.map((row) => columns.map((column) => toCell(row[column] ?? null)))];
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** Rows with tabs between cells, which spreadsheets and chats take from the clipboard as a table. */
export function toTabs(rows: readonly ExportRow[]): string {
  const columns = columnsOf(rows);
  const plain = (value: CellValue) =>
    toCell(value)
      .replace(/^"([\s\S]*)"$/, '$1')
      .replace(/[\t\r\n]+/g, ' ');
  const lines = [columns.map(plain), ...rows.map((row) => columns.map((column) => plain(row[column] ?? null)))];
  return lines.map((cells) => cells.join('\t')).join('\n');
}
