import { describe, expect, it } from 'vitest';
import { formatCpu, formatMemory, parseQuantity } from './parse-quantity';

describe('parseQuantity', () => {
  it.each<[text: string, want: number | undefined]>([
    ['100m', 0.1],
    ['2', 2],
    ['2000m', 2],
    ['0.5', 0.5],
    ['.5', 0.5],
    ['1e3', 1000],
    ['1E3', 1000],
    ['1E', 1e18],
    ['128Mi', 134217728],
    ['1Gi', 1073741824],
    ['1k', 1000],
    [' 1 ', 1],
    ['lots', undefined],
    ['12Qx', undefined],
    ['', undefined],
    ['Mi', undefined],
  ])('"%s"', (text, want) => {
    const found = parseQuantity(text);
    if (want === undefined) expect(found).toBeUndefined();
    else expect(found).toBeCloseTo(want, 9);
  });
});

describe('formats', () => {
  it.each([
    [0.1, '100m'],
    [2, '2'],
    [0.30000000000000004, '300m'],
    [0, '0'],
  ])('cpu %d', (cores, want) => {
    expect(formatCpu(cores)).toBe(want);
  });
  it.each([
    [134217728, '128Mi'],
    [402653184, '384Mi'],
    [2147483648, '2Gi'],
    [128000000, '125000Ki'],
    [1500001, '1Mi'],
    [0, '0'],
  ])('memory %d', (bytes, want) => {
    expect(formatMemory(bytes)).toBe(want);
  });
});
