import { describe, expect, it } from 'vitest';
import { buildMeshGraph } from './build-mesh-graph';
import { findNeighbours, findNodes, hideNodes, parseGraphFilter } from './filter-graph';
import { document, records, service, verdict, workload } from './mesh-fixtures';

const graph = buildMeshGraph(
  records({
    services: [service('cart'), service('pay', { app: 'pay' }, 'bank')],
    workloads: [
      workload('cart', { app: 'cart', version: 'v2' }),
      workload('pay', { app: 'pay' }, { kind: 'StatefulSet', namespace: 'bank' }),
    ],
    istioGateways: [
      document('Gateway', 'edge', { selector: { istio: 'none' }, servers: [{ hosts: ['cart.example.com'] }] }),
    ],
  }),
  { namespaces: [], injectionOf: ({ name }) => verdict(name === 'cart' ? { injected: 1 } : { missing: 1 }) },
);

describe('findNodes', () => {
  it.each<[expression: string, want: readonly string[]]>([
    ['cart', ['shop/deployment/cart', 'shop/istio-gateway/edge', 'shop/service/cart']],
    ['name:cart', ['shop/deployment/cart', 'shop/service/cart']],
    ['kind:service', ['bank/service/pay', 'shop/service/cart']],
    ['kind:statefulset', ['bank/statefulset/pay']],
    ['kind:workload,gateway ns:shop', ['shop/deployment/cart', 'shop/istio-gateway/edge']],
    ['state:missing', ['bank/service/pay', 'bank/statefulset/pay']],
    ['state:problem', ['shop/istio-gateway/edge']],
    ['version:V2', ['shop/deployment/cart', 'shop/service/cart']],
    ['ns:shop -kind:service', ['shop/deployment/cart', 'shop/istio-gateway/edge']],
    ['!ns:shop', ['bank/service/pay', 'bank/statefulset/pay']],
    ['app=pay', ['bank/service/pay', 'bank/statefulset/pay']],
    ['nothing-like-it', []],
  ])('%s', (expression, want) => {
    expect([...(findNodes(graph, expression) ?? [])]).toEqual(want);
  });

  it.each(['', '  ', '-', '!'])('looks for nothing in "%s"', (expression) => {
    expect(findNodes(graph, expression)).toBeUndefined();
  });
});

it('searches an unknown field as a word, so that nothing is dropped', () => {
  expect(parseGraphFilter('Foo:bar state:')).toEqual([
    { field: 'text', values: ['foo:bar'], isNegated: false },
    { field: 'text', values: ['state:'], isNegated: false },
  ]);
});

it('hides nodes with their edges and boxes that become empty', () => {
  const shown = hideNodes(graph, 'ns:bank');
  expect(shown.boxes.map(({ id }) => id)).toEqual(['shop']);
  expect(shown.edges.map(({ id }) => id)).toEqual(['shop/service/cart>shop/deployment/cart:selects']);
  expect(hideNodes(graph, ' ')).toBe(graph);
});

it('finds what a node is joined to, and the node itself', () => {
  expect([...findNeighbours(graph, 'shop/service/cart')].sort()).toEqual(['shop/deployment/cart', 'shop/service/cart']);
  expect([...findNeighbours(graph, 'shop/istio-gateway/edge')]).toEqual(['shop/istio-gateway/edge']);
});
