import { toEdgeLabel } from './edge-label';
import { toEdgePath } from './edge-path';
import type { MeshGraph, MeshNode, NodeState } from './graph-types';
import { BOX_HEAD, type GraphLayout, layoutBounds, NODE_HEIGHT, NODE_WIDTH, type Point } from './layout-types';
import { STATE_SHAPE_PATHS } from './state-shape-paths.data';

export interface SvgTheme {
  readonly surface: string;
  readonly panel: string;
  readonly sunk: string;
  readonly ink: string;
  readonly ink2: string;
  readonly line: string;
  readonly edge: string;
  readonly broken: string;
  readonly states: Readonly<Record<NodeState, string>>;
}

export interface SvgTexts {
  readonly title: string;
  readonly subtitle: (node: MeshNode) => string;
}

const MARGIN = 24;
const NAME_LENGTH = 28;
const SUBTITLE_LENGTH = 36;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const escapeText = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

function drawNode(node: MeshNode, { x, y }: Point, theme: SvgTheme, texts: SvgTexts): string {
  const color = theme.states[node.state];
  const dash = node.kind === 'absent' ? ' stroke-dasharray="4 3"' : '';
  const shape = STATE_SHAPE_PATHS[node.state];
  return [
    `<g transform="translate(${x} ${y})"><title>${escapeText(node.id)}</title>`,
    `<rect width="${NODE_WIDTH}" height="${NODE_HEIGHT}" rx="6" fill="${theme.panel}" stroke="${node.state === 'broken' ? theme.broken : theme.line}"${dash}/>`,
    shape === '' ? '' : `<g transform="translate(12 11)" color="${color}">${shape}</g>`,
    `<text x="${shape === '' ? 12 : 32}" y="21" font-size="13" font-weight="550" fill="${theme.ink}">${escapeText(cut(node.name, NAME_LENGTH))}</text>`,
    `<text x="12" y="40" font-size="11" fill="${theme.ink2}">${escapeText(cut(texts.subtitle(node), SUBTITLE_LENGTH))}</text>`,
    '</g>',
  ].join('');
}

/**
 * The picture as a stand-alone SVG.
 *
 * Input: colours and texts as the screen has them, so that the file needs neither style sheet nor font.
 * Output: boxes under edges under nodes; edges carry their label. Nothing without a place is drawn.
 */
export function toGraphSvg(graph: MeshGraph, layout: GraphLayout, theme: SvgTheme, texts: SvgTexts): string {
  const { x, y, width, height } = layoutBounds(graph, layout);
  const boxes = graph.boxes.flatMap(({ id, isOutside }) => {
    const box = layout.boxes[id];
    if (box === undefined) return [];
    const dash = isOutside ? ' stroke-dasharray="6 4"' : '';
    return [
      `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="8" fill="${theme.sunk}" stroke="${theme.line}"${dash}/>`,
      `<text x="${box.x + 16}" y="${box.y + BOX_HEAD - 12}" font-size="13" font-weight="600" fill="${theme.ink2}">${escapeText(id)}</text>`,
    ];
  });
  const edges = graph.edges.flatMap((edge) => {
    const source = layout.nodes[edge.source];
    const target = layout.nodes[edge.target];
    if (source === undefined || target === undefined) return [];
    const { path, middle } = toEdgePath(source, target);
    const isBroken = edge.problems.length > 0;
    const dash = edge.isUnrouted ? ' stroke-dasharray="2 4"' : isBroken ? ' stroke-dasharray="6 4"' : '';
    const label = toEdgeLabel(edge);
    return [
      `<path d="${path}" fill="none" stroke="${isBroken ? theme.broken : theme.edge}" stroke-width="1.25"${dash} marker-end="url(#${isBroken ? 'broken' : 'arrow'})"/>`,
      label === ''
        ? ''
        : `<text x="${middle.x}" y="${middle.y - 4}" text-anchor="middle" font-size="10" fill="${theme.ink2}" stroke="${theme.surface}" stroke-width="3" paint-order="stroke">${escapeText(label)}</text>`,
    ];
  });
  const nodes = graph.nodes.flatMap((node) => {
    const point = layout.nodes[node.id];
    return point === undefined ? [] : [drawNode(node, point, theme, texts)];
  });
  const marker = (id: string, color: string) =>
    `<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8Z" fill="${color}"/></marker>`;
  const outer = { x: x - MARGIN, y: y - MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${outer.x} ${outer.y} ${outer.width} ${outer.height}" width="${outer.width}" height="${outer.height}" font-family="Inter, system-ui, sans-serif">`,
    `<title>${escapeText(texts.title)}</title>`,
    `<defs>${marker('arrow', theme.edge)}${marker('broken', theme.broken)}</defs>`,
    `<rect x="${outer.x}" y="${outer.y}" width="${outer.width}" height="${outer.height}" fill="${theme.surface}"/>`,
    ...boxes,
    ...edges,
    ...nodes,
    '</svg>',
  ].join('');
}
