'use client';
import { useTranslations } from 'next-intl';
import { usePhraseText } from '@/components/shared/phrase';
import type { MeshEdge, MeshNode, NodeState } from '@/lib/core/graph/graph-types';

/** The words of nodes and edges, as plain text. */
export function useNodeTexts() {
  const t = useTranslations('graph');
  const states = useTranslations('shared.state');
  const phrase = usePhraseText();
  const state = (name: NodeState): string =>
    name === 'none' ? '' : name === 'broken' ? t('state.broken') : states(name);
  const subtitle = (node: MeshNode): string =>
    [state(node.state), phrase(node.subtitle), ...(node.kind === 'workload' ? node.versions : [])]
      .filter((part) => part !== '')
      .join(' · ');
  return {
    state,
    subtitle,
    kind: (node: MeshNode): string => node.objectKind || t(`kind.${node.kind}`),
    label: (node: MeshNode): string =>
      t('node.label', {
        kind: node.objectKind || t(`kind.${node.kind}`),
        name: node.name,
        namespace: node.namespace,
        state: state(node.state) || 'none',
        problems: node.problems.length,
      }),
    edge: (edge: MeshEdge): string => t(`edge.${edge.kind}`),
  };
}
