import { describe, expect, it } from 'vitest';
import { buildMeshGraph } from './build-mesh-graph';
import { collapseNamespaces } from './collapse-namespaces';
import { toEdgeLabel } from './edge-label';
import { buildGraphTable, type GraphSort, sortGraphTable } from './graph-table';
import type { EdgeRoute, MeshEdge } from './graph-types';
import { document, records, service, verdict, workload } from './mesh-fixtures';

const route = (over: Partial<EdgeRoute> = {}): EdgeRoute => ({ hosts: [], paths: [], protocol: 'http', ...over });
const edge = (over: Partial<MeshEdge> = {}): MeshEdge => ({
  id: 'a>b:routes',
  source: 'a',
  target: 'b',
  kind: 'routes',
  reason: { code: 'graph.reason.selector' },
  from: [],
  routes: [],
  isUnrouted: false,
  problems: [],
  count: 1,
  ...over,
});

describe('toEdgeLabel', () => {
  it.each<[name: string, edge: MeshEdge, want: string]>([
    ['says nothing of a bare selector', edge(), ''],
    ['leaves out the host of everything', edge({ routes: [route({ hosts: ['*'] })] }), ''],
    [
      'shows the first host and path and counts the rest',
      edge({ routes: [route({ hosts: ['a.test', 'b.test'], paths: ['/a', '/b', '/c'] })] }),
      'a.test +1 · /a +2',
    ],
    [
      'shows subset and share of several routes once each',
      edge({ routes: [route({ subset: 'v1', weight: 90 }), route({ subset: 'v1', weight: 10 })] }),
      'v1 · 90%, 10%',
    ],
    [
      'leaves out the host on the way from a service to its own pods',
      edge({ kind: 'selects', routes: [route({ hosts: ['cart'], subset: 'v1' })] }),
      'v1',
    ],
    ['shows a share of nothing', edge({ routes: [route({ weight: 0 })] }), '0%'],
    ['counts what an edge between namespaces stands for', edge({ count: 7 }), '×7'],
  ])('%s', (_name, input, want) => {
    expect(toEdgeLabel(input)).toBe(want);
  });
});

const graph = buildMeshGraph(
  records({
    services: [service('cart'), service('pay', { app: 'pay' }, 'bank'), service('tax', { app: 'pay' }, 'bank')],
    workloads: [workload('cart'), workload('pay', { app: 'pay' }, { namespace: 'bank' })],
    virtualServices: [
      document('VirtualService', 'v', {
        hosts: ['cart'],
        http: ['pay.bank.svc.cluster.local', 'tax.bank.svc.cluster.local', 'gone'].map((host) => ({
          route: [{ destination: { host } }],
        })),
      }),
    ],
  }),
  { namespaces: [], injectionOf: ({ name }) => verdict(name === 'cart' ? { injected: 2 } : { outdated: 1 }) },
);

describe('collapseNamespaces', () => {
  const collapsed = collapseNamespaces(graph);

  it('counts pods once, by workload, and lets a broken reference show', () => {
    expect(collapsed.nodes.map(({ id, state, counts: pods }) => [id, state, pods?.total])).toEqual([
      ['bank/namespace/bank', 'outdated', 1],
      ['shop/namespace/shop', 'broken', 2],
    ]);
  });

  it('joins the edges between two namespaces and drops those within one', () => {
    expect(collapsed.edges.map(({ id, count }) => [id, count])).toEqual([
      ['shop/namespace/shop>bank/namespace/bank:routes', 2],
    ]);
  });
});

describe('buildGraphTable', () => {
  it('says for each node what leads to it and where it leads, broken ends too', () => {
    const rows = buildGraphTable(graph).map(({ node, from, to }) => [
      node.name,
      from.map(({ name }) => name),
      to.map(({ name, isBroken }) => (isBroken ? `${name}!` : name)),
    ]);
    expect(rows).toEqual([
      ['pay', ['pay', 'tax'], []],
      ['pay', ['cart'], ['pay']],
      ['tax', ['cart'], ['pay']],
      ['gone', ['cart'], []],
      ['cart', ['cart'], []],
      ['cart', [], ['pay', 'tax', 'gone!', 'cart']],
    ]);
  });

  it('tells every edge of the picture at both ends', () => {
    const rows = buildGraphTable(graph);
    const told = (end: 'from' | 'to') => rows.flatMap((row) => row[end].map((link) => link.edge.id)).sort();
    const drawn = graph.edges.map(({ id }) => id).sort();
    expect(told('from')).toEqual(drawn);
    expect(told('to')).toEqual(drawn);
  });
});

describe('sortGraphTable', () => {
  it.each<[sort: GraphSort, isDescending: boolean, want: string]>([
    ['name', false, 'cart cart gone pay pay tax'],
    ['name', true, 'tax pay pay gone cart cart'],
    ['namespace', false, 'pay pay tax gone cart cart'],
    ['kind', false, 'cart pay cart gone pay tax'],
    ['state', true, 'gone tax pay pay cart cart'],
    ['pods', false, 'gone pay pay tax cart cart'],
  ])('by %s, descending %s', (sort, isDescending, want) => {
    const rows = sortGraphTable(buildGraphTable(graph), sort, isDescending);
    expect(rows.map(({ node }) => node.name).join(' ')).toBe(want);
  });
});
