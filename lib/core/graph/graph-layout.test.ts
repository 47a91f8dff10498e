import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildMeshGraph } from './build-mesh-graph';
import { toEdgePath } from './edge-path';
import { fromElkGraph, toElkGraph } from './elk-graph';
import { type SvgTheme, toGraphSvg } from './graph-svg';
import type { MeshGraph } from './graph-types';
import { isPlaced, keepLayout } from './keep-layout';
import { doOverlap, EMPTY_LAYOUT, type GraphLayout, nodeRect } from './layout-types';
import { document, records, service, workload } from './mesh-fixtures';
import { packLoneBoxes } from './pack-lone-boxes';

const shops = (names: Readonly<Record<string, readonly string[]>>): MeshGraph =>
  buildMeshGraph(
    records({
      services: Object.entries(names).flatMap(([namespace, apps]) =>
        apps.map((app) => service(app, { app }, namespace)),
      ),
      workloads: Object.entries(names).flatMap(([namespace, apps]) =>
        apps.map((app) => workload(app, { app }, { namespace })),
      ),
    }),
    { namespaces: [], injectionOf: () => undefined },
  );

const faults = (graph: MeshGraph, layout: GraphLayout): readonly string[] => {
  const found: string[] = [];
  const rects = graph.nodes.flatMap(({ id, namespace }) => {
    const point = layout.nodes[id];
    if (point === undefined) found.push(`${id} has no place`);
    return point === undefined ? [] : [{ id, namespace, rect: nodeRect(point) }];
  });
  for (const [index, left] of rects.entries()) {
    const box = layout.boxes[left.namespace];
    const isHeld =
      box !== undefined &&
      box.x <= left.rect.x &&
      box.y <= left.rect.y &&
      box.x + box.width >= left.rect.x + left.rect.width &&
      box.y + box.height >= left.rect.y + left.rect.height;
    if (!isHeld) found.push(`${left.id} stands outside its box`);
    for (const right of rects.slice(index + 1)) {
      if (doOverlap(left.rect, right.rect)) found.push(`${left.id} covers ${right.id}`);
    }
  }
  const boxes = Object.entries(layout.boxes);
  for (const [index, [id, box]] of boxes.entries()) {
    for (const [other, rect] of boxes.slice(index + 1)) if (doOverlap(box, rect)) found.push(`${id} covers ${other}`);
  }
  return found;
};

describe('toElkGraph', () => {
  it('puts nodes into their boxes and joins boxes once per pair', () => {
    const graph = buildMeshGraph(
      records({
        services: [service('cart'), service('pay', { app: 'pay' }, 'bank')],
        workloads: [workload('cart')],
        virtualServices: ['http', 'tcp'].map((protocol) =>
          document('VirtualService', protocol, {
            hosts: ['cart'],
            [protocol]: [{ route: [{ destination: { host: 'pay.bank.svc.cluster.local' } }] }],
          }),
        ),
      }),
      { namespaces: [], injectionOf: () => undefined },
    );
    const question = toElkGraph(graph);
    expect(question.children?.map(({ id, children, edges }) => [id, children?.length, edges?.length])).toEqual([
      ['box:bank', 1, 0],
      ['box:shop', 2, 1],
    ]);
    expect(question.edges?.map(({ id }) => id)).toEqual(['box:shop>box:bank']);
  });

  it('adds the place of the box to the places in it, and starts at the origin', () => {
    const inner = [{ id: 'a/n', x: 5, y: 6 }];
    const answer = {
      id: 'root',
      children: [
        { id: 'box:a', x: 10, y: 20, width: 300, height: 90, children: inner },
        { id: 'box:b', x: 410, y: 40, width: 300, height: 90 },
      ],
      edges: [{ id: 'e', sources: ['box:a'], targets: ['box:b'] }],
    };
    expect(fromElkGraph(answer)).toEqual({
      nodes: { 'a/n': { x: 5, y: 6 } },
      boxes: { a: { x: 0, y: 0, width: 300, height: 90 }, b: { x: 400, y: 20, width: 300, height: 90 } },
    });
  });

  it('packs boxes that nothing joins around the rest, none over another', () => {
    const sizes = [120, 90, 300, 90, 90, 120];
    const children = sizes.map((height, index) => ({ id: `box:${index}`, x: 0, y: 0, width: 250, height }));
    const { boxes } = fromElkGraph({
      id: 'root',
      children,
      edges: [{ id: 'e', sources: ['box:0'], targets: ['box:0'] }],
    });
    const rects = Object.entries(boxes);
    expect(boxes['0']).toMatchObject({ x: 0, y: 0 });
    expect(boxes['2']).toMatchObject({ x: 306, y: 0 });
    for (const [id, rect] of rects) {
      for (const [other, next] of rects) expect(id !== other && doOverlap(rect, next)).toBe(false);
    }
  });
});

describe('packLoneBoxes', () => {
  const size = fc.integer({ min: 40, max: 900 });
  const box = fc.record({ width: size, height: size });

  it('never puts one box over another, and keeps joined ones as they are among themselves', () => {
    fc.assert(
      fc.property(fc.array(box, { maxLength: 30 }), fc.array(box, { maxLength: 3 }), (lone, joined) => {
        const chain = joined.map((rect, index) => ({
          id: `j${index}`,
          rect: { ...rect, x: 1_000 * index + 50, y: 70 },
          isLone: false,
        }));
        const rest = lone.map((rect, index) => ({ id: `l${index}`, rect: { ...rect, x: 0, y: 0 }, isLone: true }));
        const places = packLoneBoxes([...chain, ...rest]);
        expect(places.size).toBe(lone.length + joined.length);
        const rects = [...places];
        for (const [index, [id, rect]] of rects.entries()) {
          for (const [other, next] of rects.slice(index + 1)) {
            expect(doOverlap(rect, next), `${id} over ${other}`).toBe(false);
          }
        }
        for (const [index, { id }] of chain.entries()) expect(places.get(id)).toMatchObject({ x: 1_000 * index, y: 0 });
      }),
    );
  });
});

describe('keepLayout', () => {
  it('places a whole graph when nothing has a place yet', () => {
    const graph = shops({ bank: ['pay', 'tax'], shop: ['cart'] });
    expect(isPlaced(graph, EMPTY_LAYOUT)).toBe(false);
    const layout = keepLayout(graph, EMPTY_LAYOUT);
    expect(isPlaced(graph, layout)).toBe(true);
    expect(faults(graph, layout)).toEqual([]);
  });

  it('puts a new node beside what it is joined to', () => {
    const before = keepLayout(shops({ shop: ['cart'] }), EMPTY_LAYOUT);
    const bare = { ...before, nodes: { 'shop/service/cart': { x: 16, y: 52 } } };
    const { nodes } = keepLayout(shops({ shop: ['cart'] }), bare);
    expect(nodes['shop/deployment/cart']).toEqual({ x: 16 + 212 + 84, y: 52 });
  });

  it('moves nothing while its box has room, whatever comes and goes', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 6 });
    const cluster = fc.record({ bank: names, shop: names, zoo: names });
    fc.assert(
      fc.property(cluster, cluster, (first, second) => {
        const before = keepLayout(shops(first), EMPTY_LAYOUT);
        const graph = shops(second);
        const after = keepLayout(graph, before);
        expect(faults(graph, after)).toEqual([]);
        for (const { id, namespace } of graph.nodes) {
          const [was, is] = [before.nodes[id], after.nodes[id]];
          const [oldBox, newBox] = [before.boxes[namespace], after.boxes[namespace]];
          if (was === undefined || oldBox === undefined || newBox === undefined || is === undefined) continue;
          expect([is.x - newBox.x, is.y - newBox.y]).toEqual([was.x - oldBox.x, was.y - oldBox.y]);
        }
      }),
    );
  });

  it('is the same object of places when the graph is the same', () => {
    const graph = shops({ bank: ['pay'], shop: ['cart'] });
    const layout = keepLayout(graph, EMPTY_LAYOUT);
    expect(keepLayout(graph, layout)).toEqual(layout);
  });
});

it('draws an edge from the right side of its source to the left side of its target', () => {
  expect(toEdgePath({ x: 0, y: 0 }, { x: 300, y: 100 })).toEqual({
    path: 'M212 26C256 26 256 126 300 126',
    middle: { x: 256, y: 76 },
  });
});

describe('toGraphSvg', () => {
  const theme: SvgTheme = {
    surface: '#fff',
    panel: '#fff',
    sunk: '#eee',
    ink: '#000',
    ink2: '#333',
    line: '#ccc',
    edge: '#999',
    broken: '#c00',
    states: {
      injected: '#077',
      outdated: '#077',
      'not-injected': '#666',
      missing: '#950',
      refused: '#b00',
      ambient: '#73c',
      unknown: '#666',
      broken: '#b00',
      none: '#666',
    },
  };
  const graph = buildMeshGraph(
    records({
      services: [service('cart')],
      workloads: [workload('cart')],
      serviceEntries: [document('ServiceEntry', 'odd', { hosts: ['<&">'] })],
    }),
    { namespaces: [], injectionOf: () => undefined },
  );
  const svg = toGraphSvg(graph, keepLayout(graph, EMPTY_LAYOUT), theme, {
    title: 'a <b> & "c"',
    subtitle: ({ facts }) => facts.flatMap(({ values }) => values).join(' '),
  });

  it('draws every box, edge and node', () => {
    expect(svg.match(/<g transform="translate\([\d.]+ [\d.]+\)"><title>/g)).toHaveLength(3);
    expect(svg.match(/marker-end=/g)).toHaveLength(1);
    expect(svg).toContain('>shop</text>');
  });

  it('lets no text break out', () => {
    expect(svg).toContain('<title>a &lt;b&gt; &amp; &quot;c&quot;</title>');
    expect(svg).toContain('&lt;&amp;&quot;&gt;');
  });
});
