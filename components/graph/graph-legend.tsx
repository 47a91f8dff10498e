'use client';
import { useTranslations } from 'next-intl';
import { StateBadge } from '@/components/shared/state-badge';
import type { StateName } from '@/components/shared/state-names';
import type { NodeKind } from '@/lib/core/graph/graph-types';
import { NodeIcon } from './node-icon';

const STATES: readonly StateName[] = [
  'injected',
  'outdated',
  'not-injected',
  'ambient',
  'missing',
  'refused',
  'unknown',
];
const KINDS: readonly NodeKind[] = ['gateway', 'service', 'workload', 'external', 'host', 'absent'];
const LINES = ['routes', 'unrouted', 'broken'] as const;

/** What shapes, icons and lines mean, and what find and hide understand. Folded until it is asked for. */
export function GraphLegend() {
  const t = useTranslations('graph');
  return (
    <details className="graph-legend">
      <summary>{t('legend.title')}</summary>
      <div className="grid grid-cols-2 gap-x-6 gap-y-1 pt-2">
        <ul className="flex flex-col gap-1">
          {STATES.map((state) => (
            <li key={state}>
              {state === 'refused' ? (
                <StateBadge state={state}>{t('legend.refused')}</StateBadge>
              ) : (
                <StateBadge state={state} />
              )}
            </li>
          ))}
        </ul>
        <ul className="flex flex-col gap-1">
          {KINDS.map((kind) => (
            <li key={kind} className="flex items-center gap-1.5">
              <NodeIcon kind={kind} />
              {t(`kind.${kind}`)}
            </li>
          ))}
        </ul>
      </div>
      <ul className="mt-2 flex flex-col gap-1 border-t border-line pt-2">
        {LINES.map((line) => (
          <li key={line} className="flex items-center gap-2">
            <svg aria-hidden="true" width="28" height="6">
              <path
                d="M0 3H28"
                className="graph-edge"
                data-kind={line === 'broken' ? 'broken' : 'plain'}
                data-unrouted={line === 'unrouted'}
              />
            </svg>
            {t(`legend.${line}`)}
          </li>
        ))}
      </ul>
      <p className="mt-2 max-w-64 border-t border-line pt-2 text-ink-2">
        {t.rich('legend.syntax', { code: (chunks) => <code>{chunks}</code> })}
      </p>
    </details>
  );
}
