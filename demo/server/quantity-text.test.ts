import { describe, expect, it } from 'vitest';
import { canonicalQuantity, nanosOf } from './quantity-text';

describe('canonicalQuantity', () => {
  it.each([
    ['1000m', '1'],
    ['0.5', '500m'],
    ['1024Mi', '1Gi'],
    ['1.5Gi', '1536Mi'],
    ['100000', '100k'],
    ['1e3', '1e3'],
    ['0', '0'],
    ['-2000', '-2k'],
    ['123', '123'],
  ])('%s is %s', (text, expected) => {
    expect(canonicalQuantity(text)).toBe(expected);
  });

  it.each(['', 'one', '1Q', '1 Gi', '--1'])('"%s" is none', (text) => {
    expect(canonicalQuantity(text)).toBeUndefined();
  });
});

it('nanosOf compares amounts that are written differently', () => {
  expect(nanosOf('0.1')).toBe(nanosOf('100m'));
  expect(nanosOf('1Gi')).toBe(nanosOf('1024Mi'));
  expect(nanosOf('-1')).toBe(-1_000_000_000n);
});
