'use client';
import { ChevronRight, CircleCheck, CircleDashed, CircleHelp, OctagonX, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Phrase } from '@/components/shared/phrase';
import type { Gate } from '@/lib/api/workload';

const LOOK = {
  passed: { icon: CircleCheck, ink: 'text-state-injected' },
  failed: { icon: OctagonX, ink: 'text-state-refused' },
  'not-reached': { icon: CircleDashed, ink: 'text-ink-3' },
  unknown: { icon: CircleHelp, ink: 'text-state-unknown' },
  differs: { icon: TriangleAlert, ink: 'text-state-outdated' },
} as const;

/** The last gate keeps no pod away: it tells that the one that runs is of another day. */
function lookOf({ gate, outcome }: Gate): keyof typeof LOOK {
  return gate === 'current' && outcome === 'failed' ? 'differs' : outcome;
}

function GateRow({ gate, isLast }: { readonly gate: Gate; readonly isLast: boolean }) {
  const t = useTranslations('gates');
  const [isOpen, setIsOpen] = useState(gate.isDeciding);
  const look = lookOf(gate);
  const { icon: Icon, ink } = LOOK[look];
  const [first] = gate.seen;
  const hasMore = first !== undefined;
  return (
    <li className="relative grid grid-cols-[20px_minmax(0,1fr)] gap-x-3">
      {!isLast && <span aria-hidden="true" className="absolute top-6 bottom-0 left-[9.5px] w-px bg-line-2" />}
      <Icon aria-hidden="true" size={20} strokeWidth={1.75} className={`relative mt-1 bg-surface ${ink}`} />
      <div className={`mb-2 rounded-md px-2 py-1 ${gate.isDeciding ? 'border border-line-2 bg-panel' : ''}`}>
        <button
          type="button"
          aria-expanded={hasMore ? isOpen : undefined}
          disabled={!hasMore}
          className="flex w-full items-baseline gap-x-2 rounded-sm text-left max-md:flex-wrap"
          onClick={() => setIsOpen(!isOpen)}
        >
          <span
            className={`shrink-0 max-md:shrink ${gate.isDeciding ? 'font-semibold' : ''} ${gate.outcome === 'not-reached' ? 'text-ink-3' : ''}`}
          >
            <Phrase value={gate.title} />
          </span>
          <span className={`shrink-0 text-sm whitespace-nowrap ${ink}`}>{t(`outcome.${look}`)}</span>
          {gate.isDeciding && (
            <span className="shrink-0 text-sm font-medium whitespace-nowrap text-ink-2">{t('deciding')}</span>
          )}
          {first !== undefined && (
            <span className="ml-auto flex min-w-0 items-center gap-2 self-center text-ink-3">
              {!isOpen && (
                <span className="min-w-0 truncate max-md:hidden">
                  <Phrase value={first} />
                </span>
              )}
              <ChevronRight
                aria-hidden="true"
                size={14}
                className={`shrink-0 transition-transform ${isOpen ? 'rotate-90' : ''}`}
              />
            </span>
          )}
        </button>
        {isOpen && hasMore && (
          <ul className="mt-0.5 mb-0.5 text-ink-2">
            {gate.seen.map((phrase) => (
              <li key={`${phrase.code} ${JSON.stringify(phrase.values)}`} className="break-words">
                <Phrase value={phrase} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

/** The gates on the way to a sidecar, in the order in which a pod meets them; the one that settled it stands open. */
export function GateList({ gates }: { readonly gates: readonly Gate[] }) {
  const t = useTranslations('gates');
  return (
    <ol aria-label={t('label')}>
      {gates.map((gate, index) => (
        <GateRow key={gate.gate} gate={gate} isLast={index === gates.length - 1} />
      ))}
    </ol>
  );
}
