import { describe, expect, it } from 'vitest';
import { previewRow, previewTotals, rowLine, startLine } from './example-rows';
import { again, NOTHING_YET, takeLines } from './preview-progress';

describe('takeLines', () => {
  it('keeps rows by kind and name, and the totals of the last line', () => {
    const cart = previewRow('cart');
    const same = previewRow('cart', { kind: 'StatefulSet' });
    const progress = takeLines(NOTHING_YET, [startLine(2), rowLine(cart, 1), rowLine(same, 2)]);
    expect([...progress.rows]).toEqual([
      ['Deployment/cart', cart],
      ['StatefulSet/cart', same],
    ]);
    expect(progress.start?.total).toBe(2);
    expect(progress.totals).toEqual(previewTotals(2));
    expect(progress.ended).toBeUndefined();
  });

  it('tells a whole end from a failure', () => {
    expect(takeLines(NOTHING_YET, [{ type: 'end', totals: previewTotals(0) }]).ended).toBe('whole');
    const error = { code: 'timeout', message: 'Too slow.' };
    expect(takeLines(NOTHING_YET, [{ type: 'failure', error }]).ended).toEqual(error);
  });

  it('leaves what was known untouched', () => {
    const before = takeLines(NOTHING_YET, [rowLine(previewRow('cart'), 1)]);
    takeLines(before, [rowLine(previewRow('cart', { becomes: 'refused' }), 1)]);
    expect(before.rows.get('Deployment/cart')?.becomes).toBe('gains');
  });
});

it('begins again with the rows of before and nothing else', () => {
  const before = takeLines(NOTHING_YET, [startLine(1), rowLine(previewRow('cart'), 1)]);
  expect(again(before)).toEqual({ rows: before.rows });
});
