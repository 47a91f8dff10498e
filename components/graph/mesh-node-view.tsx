'use client';
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { StateShape } from '@/components/shared/state-shape';
import type { MeshNode } from '@/lib/core/graph/graph-types';
import { useIsActive } from './active-node';
import { useGraphActions } from './graph-actions';
import { NodeIcon } from './node-icon';
import { toStateName } from './node-state-name';
import { useNodeTexts } from './use-node-texts';

export type MeshFlowNode = Node<{ readonly node: MeshNode }, 'mesh'>;

/** One node: state by shape and word, name, kind. A button, so that Enter clicks it; the canvas hears the click. */
export const MeshNodeView = memo(function MeshNodeView({ data: { node }, selected }: NodeProps<MeshFlowNode>) {
  const texts = useNodeTexts();
  const { active, onNodeKey } = useGraphActions();
  const isActive = useIsActive(active, node.id);
  const state = toStateName(node.state);
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} className="graph-handle" />
      <button
        type="button"
        data-node={node.id}
        data-kind={node.kind}
        data-state={node.state}
        aria-label={texts.label(node)}
        aria-pressed={selected}
        tabIndex={isActive ? 0 : -1}
        onKeyDown={(event) => onNodeKey(event, node.id)}
        onFocus={() => active.set(node.id)}
        className={`graph-node ${node.isOutside ? 'graph-node-outside' : ''}`}
      >
        <span className="graph-node-name">
          {state !== null && <StateShape state={state} />}
          <span className="min-w-0 flex-1 truncate font-medium">{node.name}</span>
          {node.problems.length > 0 && node.state !== 'broken' && (
            <TriangleAlert aria-hidden="true" size={13} className="shrink-0 text-state-missing" />
          )}
          <NodeIcon kind={node.kind} />
        </span>
        <span className="graph-node-subtitle">{texts.subtitle(node)}</span>
      </button>
      <Handle type="source" position={Position.Right} isConnectable={false} className="graph-handle" />
    </>
  );
});
