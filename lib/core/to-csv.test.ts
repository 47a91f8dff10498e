import { describe, expect, it } from 'vitest';
import { type ExportRow, toCsv, toTabs } from './to-csv';

describe('toCsv', () => {
  it.each<[name: string, rows: readonly ExportRow[], want: string]>([
    ['writes heads and cells', [{ name: 'a', pods: 3 }], 'name,pods\r\na,3\r\n'],
    ['takes the columns of all rows', [{ a: 1 }, { b: true }], 'a,b\r\n1,\r\n,true\r\n'],
    ['quotes commas, quotes and line ends', [{ a: 'x,"y"\nz' }], 'a\r\n"x,""y""\nz"\r\n'],
    ['disarms formulas', [{ a: '=1+1' }, { a: '@x' }], "a\r\n'=1+1\r\n'@x\r\n"],
    ['leaves negative numbers be', [{ a: -5 }], 'a\r\n-5\r\n'],
    ['leaves null empty', [{ a: null, b: 'x' }], 'a,b\r\n,x\r\n'],
    ['is a line end for no rows', [], '\r\n'],
  ])('%s', (_name, rows, want) => {
    expect(toCsv(rows)).toBe(want);
  });
});

describe('toTabs', () => {
  it('keeps one row per line', () => {
    expect(toTabs([{ a: 'x\ty\nz', b: 'p,q' }])).toBe('a\tb\nx y z\tp,q');
  });
});
