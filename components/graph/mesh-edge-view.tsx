'use client';
import { type Edge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { toEdgeLabel } from '@/lib/core/graph/edge-label';
import type { EdgePath } from '@/lib/core/graph/edge-path';
import type { MeshEdge } from '@/lib/core/graph/graph-types';
import { useNodeTexts } from './use-node-texts';

export type MeshFlowEdge = Edge<{ readonly edge: MeshEdge; readonly curve: EdgePath; readonly isLit: boolean }, 'mesh'>;

/** One edge; what it carries is written on it while it is pointed at, selected or beside a selected node. */
export const MeshEdgeView = memo(function MeshEdgeView({ data, selected }: EdgeProps<MeshFlowEdge>) {
  const texts = useNodeTexts();
  if (data === undefined) return null;
  const { edge, curve, isLit } = data;
  const isBroken = edge.problems.length > 0;
  const kind = isBroken ? 'broken' : isLit ? 'lit' : 'plain';
  return (
    <>
      <path d={curve.path} className="react-flow__edge-interaction" fill="none" strokeOpacity={0} strokeWidth={16} />
      <path
        d={curve.path}
        className="graph-edge"
        data-kind={kind}
        data-unrouted={edge.isUnrouted}
        data-selected={selected}
        markerEnd={`url(#graph-arrow-${kind})`}
      />
      {isLit && (
        <EdgeLabelRenderer>
          <span
            className="graph-edge-label"
            data-kind={kind}
            style={{ transform: `translate(-50%, -50%) translate(${curve.middle.x}px, ${curve.middle.y}px)` }}
          >
            {toEdgeLabel(edge) || texts.edge(edge)}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
