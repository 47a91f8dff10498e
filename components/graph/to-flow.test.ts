import { describe, expect, it } from 'vitest';
import { buildMeshGraph } from '@/lib/core/graph/build-mesh-graph';
import { findNeighbours } from '@/lib/core/graph/filter-graph';
import { keepLayout } from '@/lib/core/graph/keep-layout';
import { EMPTY_LAYOUT } from '@/lib/core/graph/layout-types';
import { records, service, workload } from '@/lib/core/graph/mesh-fixtures';
import { emphasizeEdges, emphasizeNodes, toFlowEdges, toFlowNodes } from './to-flow';

const graph = buildMeshGraph(
  records({ services: [service('cart'), service('pay')], workloads: [workload('cart'), workload('pay')] }),
  { namespaces: [], injectionOf: () => undefined },
);
const layout = keepLayout(graph, EMPTY_LAYOUT);
const nodes = toFlowNodes(graph, layout);
const edges = toFlowEdges(graph, layout);
const selected = 'shop/service/cart';
const lit = findNeighbours(graph, selected);

describe('toFlowNodes', () => {
  it('draws boxes behind nodes, all with a size, so that nothing is measured', () => {
    expect(nodes.map(({ id }) => id)).toEqual([
      'box:shop',
      'shop/deployment/cart',
      'shop/deployment/pay',
      'shop/service/cart',
      'shop/service/pay',
    ]);
    expect(nodes.every(({ width, height }) => (width ?? 0) > 0 && (height ?? 0) > 0)).toBe(true);
  });

  it('leaves out what has no place', () => {
    expect(toFlowNodes(graph, EMPTY_LAYOUT)).toEqual([]);
    expect(toFlowEdges(graph, EMPTY_LAYOUT)).toEqual([]);
  });
});

describe('emphasis', () => {
  it('makes new objects only for the nodes that stand out', () => {
    const changed = emphasizeNodes(nodes, { selected, lit }).filter((node, index) => node !== nodes[index]);
    expect(changed.map(({ id, selected: isSelected }) => [id, isSelected])).toEqual([
      ['shop/deployment/cart', false],
      ['shop/service/cart', true],
    ]);
  });

  it('lights the edges at a selected node and the one that is pointed at', () => {
    const pointed = 'shop/service/pay>shop/deployment/pay:selects';
    const litIds = (hoveredEdge: string) =>
      emphasizeEdges(edges, { selected, lit, hoveredEdge }).flatMap(({ id, data }) => (data?.isLit ? [id] : []));
    expect(litIds('')).toEqual(['shop/service/cart>shop/deployment/cart:selects']);
    expect(litIds(pointed)).toEqual(['shop/service/cart>shop/deployment/cart:selects', pointed]);
  });

  it('changes nothing when nothing stands out', () => {
    const none = { selected: '', lit: undefined, hoveredEdge: '' };
    expect(emphasizeNodes(nodes, none).every((node, index) => node === nodes[index])).toBe(true);
    expect(emphasizeEdges(edges, none).every((edge, index) => edge === edges[index])).toBe(true);
  });
});
