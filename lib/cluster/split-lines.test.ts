import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitLines } from './split-lines';

async function* chunked(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (const cut of [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)) {
    yield bytes.subarray(from, cut);
    from = cut;
  }
}

async function linesOf(bytes: Buffer, cuts: readonly number[] = []): Promise<string[]> {
  const lines: string[] = [];
  for await (const some of splitLines(chunked(bytes, cuts))) lines.push(...some);
  return lines;
}

describe('splitLines', () => {
  it.each<[name: string, text: string, want: string[]]>([
    ['gives nothing for nothing', '', []],
    ['keeps empty lines', 'a\n\nb\n', ['a', '', 'b']],
    ['gives the text after the last newline last', 'a\nb', ['a', 'b']],
    ['drops the carriage return of a line end only', 'a\r\nb\rc\n', ['a', 'b\rc']],
  ])('%s', async (_name, text, want) => {
    expect(await linesOf(Buffer.from(text))).toEqual(want);
  });

  it('never tears a character, wherever the chunks are cut', async () => {
    const line = fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n]/.test(text));
    const someLines = fc.array(fc.oneof(line, fc.constantFrom('日本語', '🌍🌎', 'ünï', '')), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(someLines, fc.array(fc.nat(2_000)), async (lines, cuts) => {
        const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
        expect(await linesOf(bytes, cuts)).toEqual(lines);
      }),
      { numRuns: 300 },
    );
  });

  it('cuts between every two bytes', async () => {
    const bytes = Buffer.from('{"名":"🌍"}\n第二\n');
    expect(await linesOf(bytes, [...bytes.keys()])).toEqual(['{"名":"🌍"}', '第二']);
  });
});
