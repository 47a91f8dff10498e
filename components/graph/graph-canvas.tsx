'use client';
import '@xyflow/react/dist/base.css';
import { MiniMap, Panel, ReactFlow, ReactFlowProvider } from '@xyflow/react';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef, useState } from 'react';
import { STATE_COLOR } from '@/components/shared/state-names';
import { layoutBounds } from '@/lib/core/graph/layout-types';
import { CanvasControls } from './canvas-controls';
import { useDetailLevel, useIsAllInView } from './detail-level';
import { EdgeMarkers } from './edge-markers';
import { GraphActionsContext } from './graph-actions';
import { GraphLegend } from './graph-legend';
import { MeshEdgeView, type MeshFlowEdge } from './mesh-edge-view';
import { type MeshFlowNode, MeshNodeView } from './mesh-node-view';
import { type BoxFlowNode, NamespaceBoxView } from './namespace-box-view';
import { toStateName } from './node-state-name';
import { emphasizeEdges, emphasizeNodes, toFlowEdges, toFlowNodes } from './to-flow';
import { useGraphCamera } from './use-graph-camera';
import type { Arranged } from './use-graph-layout';
import { useNodeKeys } from './use-node-keys';

const NODE_TYPES = { mesh: MeshNodeView, box: NamespaceBoxView };
const EDGE_TYPES = { mesh: MeshEdgeView };
/** Below this, drawing all is as fast as finding out what is in view. */
const MANY_NODES = 120;
const MINI_MAP_SIZE = { width: 160, height: 112 };
/** A panel that opens narrows the canvas first. */
const PANEL_MS = 60;

interface GraphCanvasProps {
  readonly arranged: Arranged;
  readonly selected: string;
  readonly lit: ReadonlySet<string> | undefined;
  readonly isArranging: boolean;
  readonly onSelect: (id: string) => void;
  readonly onArrange: () => void;
}

/** The picture: boxes, nodes and edges in a plane that pans and zooms. */
export function GraphCanvas(props: GraphCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

const miniMapColor = (node: BoxFlowNode | MeshFlowNode): string => {
  if (node.type !== 'mesh') return 'var(--line)';
  const state = toStateName(node.data.node.state);
  return state === null ? 'var(--edge)' : STATE_COLOR[state];
};

function Canvas({ arranged, selected, lit, isArranging, onSelect, onArrange }: GraphCanvasProps) {
  const t = useTranslations('graph');
  const { graph, layout, round } = arranged;
  const [hoveredEdge, setHoveredEdge] = useState('');
  const camera = useGraphCamera(layout, round);
  const actions = useNodeKeys(arranged, camera.show);
  const detail = useDetailLevel();
  const isAllInView = useIsAllInView(useMemo(() => layoutBounds(graph, layout), [graph, layout]));
  const flow = useMemo(
    () => ({ nodes: toFlowNodes(graph, layout), edges: toFlowEdges(graph, layout) }),
    [graph, layout],
  );
  const nodes = useMemo(() => emphasizeNodes(flow.nodes, { selected, lit }), [flow, selected, lit]);
  const edges = useMemo(
    () => emphasizeEdges(flow.edges, { selected, lit, hoveredEdge }),
    [flow, selected, lit, hoveredEdge],
  );
  // Handlers reach every node and edge, so they keep their identity.
  const latestSelect = useRef(onSelect);
  useEffect(() => {
    latestSelect.current = onSelect;
  });
  const handlers = useMemo(
    () => ({
      onNodeClick: (_event: unknown, node: BoxFlowNode | MeshFlowNode) => {
        if (node.type === 'mesh') latestSelect.current(node.id);
      },
      onEdgeClick: (_event: unknown, { id }: MeshFlowEdge) => latestSelect.current(id),
      onEdgeMouseEnter: (_event: unknown, { id }: MeshFlowEdge) => setHoveredEdge(id),
      onEdgeMouseLeave: () => setHoveredEdge(''),
      onPaneClick: () => latestSelect.current(''),
    }),
    [],
  );
  const { show } = camera;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection moves the picture, a refresh does not.
  useEffect(() => {
    const timer = setTimeout(() => show(selected), PANEL_MS);
    return () => clearTimeout(timer);
  }, [selected]);

  return (
    <GraphActionsContext value={actions}>
      <EdgeMarkers />
      <ReactFlow<BoxFlowNode | MeshFlowNode, MeshFlowEdge>
        aria-label={t('canvas.label')}
        aria-busy={isArranging}
        data-detail={detail}
        data-fading={lit !== undefined}
        className="graph-canvas"
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        minZoom={0.08}
        maxZoom={2}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        zoomOnDoubleClick={false}
        attributionPosition="bottom-center"
        onlyRenderVisibleElements={graph.nodes.length > MANY_NODES && detail === 'near'}
        {...handlers}
      >
        <Panel position="top-right" className="m-3!">
          <CanvasControls {...camera} isArranging={isArranging} onArrange={onArrange} />
        </Panel>
        <Panel position="bottom-left" className="m-3!">
          <GraphLegend />
        </Panel>
        {!isAllInView && (
          <MiniMap
            pannable
            zoomable
            ariaLabel={t('canvas.miniMap')}
            nodeColor={miniMapColor}
            nodeStrokeWidth={0}
            nodeBorderRadius={6}
            className="graph-minimap"
            style={MINI_MAP_SIZE}
          />
        )}
      </ReactFlow>
    </GraphActionsContext>
  );
}
