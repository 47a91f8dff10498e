import { describe, expect, it } from 'vitest';
import { sidecarRequests } from '@/lib/core/injection/sidecar-requests';
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

describe('sidecarRequests', () => {
  const values = { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '2', memory: '1Gi' } };
  it.each<
    [name: string, annotations: Record<string, string>, given: typeof values, want: { cpu: number; memory: number }]
  >([
    ['the values', {}, values, { cpu: 0.1, memory: 134217728 }],
    ['one annotation replaces all of them', { 'sidecar.istio.io/proxyCPU': '1' }, values, { cpu: 1, memory: 0 }],
    [
      'a limit alone is the request',
      { 'sidecar.istio.io/proxyMemoryLimit': '1Gi' },
      values,
      { cpu: 0, memory: 1073741824 },
    ],
    ['values with limits alone', {}, { ...values, requests: { cpu: '', memory: '' } }, { cpu: 2, memory: 1073741824 }],
    ['no quantity', { 'sidecar.istio.io/proxyCPU': 'lots' }, values, { cpu: 0, memory: 0 }],
  ])('%s', (_name, annotations, given, want) => {
    expect(sidecarRequests(annotations, given)).toEqual(want);
  });
});
