import { describe, expect, it } from 'vitest';
import { coversHost, resolveGatewayName, resolveHost, shareHost } from './resolve-host';

describe('resolveHost', () => {
  it.each<[name: string, host: string, want: string]>([
    ['completes a short name', 'reviews', 'reviews.shop.svc.cluster.local'],
    ['keeps a full name', 'reviews.other.svc.cluster.local', 'reviews.other.svc.cluster.local'],
    ['keeps name.namespace, which names no Service', 'reviews.other', 'reviews.other'],
    ['keeps the wildcard', '*', '*'],
    ['keeps a wildcard domain', '*.example.com', '*.example.com'],
    ['keeps an IPv4 address', '10.0.0.1', '10.0.0.1'],
    ['keeps an IPv6 address', 'fd00::1', 'fd00::1'],
    ['keeps an empty name', '', ''],
  ])('%s', (_name, host, want) => {
    expect(resolveHost(host, 'shop')).toBe(want);
  });

  it('uses the domain of the cluster', () => {
    expect(resolveHost('reviews', 'shop', 'corp')).toBe('reviews.shop.svc.corp');
  });
});

describe('resolveGatewayName', () => {
  it.each<[name: string, gateway: string, want: string | undefined]>([
    ['leaves the mesh out', 'mesh', undefined],
    ['reads a short name in its own namespace', 'edge', 'shop/edge'],
    ['reads namespace/name', 'infra/edge', 'infra/edge'],
    ['reads ./name in its own namespace', './edge', 'shop/edge'],
    ['reads the legacy full name', 'edge.infra.svc.cluster.local', 'infra/edge'],
    ['reads the legacy name.namespace', 'edge.infra', 'infra/edge'],
  ])('%s', (_name, gateway, want) => {
    expect(resolveGatewayName(gateway, 'shop')).toBe(want);
  });
});

it.each<[pattern: string, host: string, want: boolean]>([
  ['*', 'a.example.com', true],
  ['*.example.com', 'a.example.com', true],
  ['*.example.com', 'example.com', false],
  ['a.example.com', 'a.example.com', true],
  ['a.example.com', 'b.example.com', false],
])('%s covers %s: %s', (pattern, host, want) => {
  expect(coversHost(pattern, host)).toBe(want);
});

it('finds patterns that share a name whichever is the wider', () => {
  expect(shareHost('a.example.com', '*.example.com')).toBe(true);
  expect(shareHost('*.example.com', 'a.example.com')).toBe(true);
  expect(shareHost('*.example.org', 'a.example.com')).toBe(false);
});
