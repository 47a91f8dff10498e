import { describe, expect, it } from 'vitest';
import { pickDifferingLines } from './pick-differing-lines';

const show = (before?: string, after?: string) =>
  pickDifferingLines(before, after).map(({ side, text }) => `${side === 'before' ? '-' : '+'}${text}`);

describe('pickDifferingLines', () => {
  it.each<[name: string, before: string | undefined, after: string | undefined, want: readonly string[]]>([
    ['nothing between equal texts', 'a\nb', 'a\nb', []],
    ['a line that changed', 'port: 80\nperiod: 3', 'port: 15020\nperiod: 3', ['-port: 80', '+port: 15020']],
    ['no order', 'a\nb', 'b\na', []],
    ['repeats as often as they differ', 'a\na', 'a', ['-a']],
    ['all of what was not there', undefined, 'a\n\nb', ['+a', '+b']],
    ['all of what is gone', 'a', undefined, ['-a']],
  ])('shows %s', (_name, before, after, want) => {
    expect(show(before, after)).toEqual(want);
  });
});
