'use client';
import { useTranslations } from 'next-intl';
import { EmptyState } from '@/components/shared/empty-state';
import type { GraphAnswer } from '@/lib/api/graph';

interface GraphEmptyProps {
  readonly answer: GraphAnswer;
  readonly onAllNamespaces: () => void;
  readonly onShowHidden: () => void;
}

/** Nothing to draw: says what was asked for, and offers the next step. */
export function GraphEmpty({ answer, onAllNamespaces, onShowHidden }: GraphEmptyProps) {
  const t = useTranslations('graph.empty');
  if (answer.graph.nodes.length > 0) {
    return (
      <EmptyState
        title={t('hidden', { count: answer.graph.nodes.length })}
        action={
          <button type="button" className="button" onClick={onShowHidden}>
            {t('showHidden')}
          </button>
        }
      />
    );
  }
  const names = [...answer.chosen, ...answer.unknown].join(', ');
  return (
    <EmptyState
      title={names === '' ? t('cluster') : t(answer.chosen.length === 0 ? 'unknown' : 'namespaces', { names })}
      action={
        names !== '' && (
          <button type="button" className="button" onClick={onAllNamespaces}>
            {t('all')}
          </button>
        )
      }
    >
      {t('hint')}
    </EmptyState>
  );
}
