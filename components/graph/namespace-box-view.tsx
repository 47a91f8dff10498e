'use client';
import type { Node, NodeProps } from '@xyflow/react';
import { memo } from 'react';

export type BoxFlowNode = Node<{ readonly name: string; readonly isOutside: boolean }, 'box'>;

/** A namespace around its nodes; dashed where it was not asked for. */
export const NamespaceBoxView = memo(function NamespaceBoxView({ data: { name, isOutside } }: NodeProps<BoxFlowNode>) {
  return (
    <div className={`graph-box ${isOutside ? 'graph-box-outside' : ''}`}>
      <span className="graph-box-name">{name}</span>
    </div>
  );
});
