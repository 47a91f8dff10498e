'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { InjectAnswer, InjectedObject } from '@/lib/api/inject';

const OUTCOMES = ['injected', 'skipped', 'refused', 'passed'] as const satisfies readonly InjectedObject['outcome'][];
const strong = (chunks: ReactNode) => <strong className="font-semibold text-ink">{chunks}</strong>;
const plain = (chunks: string) => chunks;

function count(objects: readonly InjectedObject[]) {
  return OUTCOMES.map((outcome) => ({
    outcome,
    count: objects.filter((object) => object.outcome === outcome).length,
  })).filter((each) => each.count > 0);
}

/** What becomes of the file, in one sentence; of what has no pod only where there is nothing else. */
export function InjectVerdict({ answer: { objects, injector } }: { readonly answer: InjectAnswer }) {
  const t = useTranslations('inject');
  const counts = count(objects);
  if (counts.length === 0) return t('counts.none');
  return (
    <>
      {counts.map(({ outcome, count: many }, index) => (
        <span key={outcome}>
          {index > 0 && t('counts.comma')}
          {t.rich(`counts.${outcome}`, { count: many, b: strong })}
        </span>
      ))}
      {t.rich('counts.with', {
        release: injector.release,
        native: injector.nativeSidecars ? 'yes' : 'no',
        b: strong,
      })}
    </>
  );
}

/** The same to be read out. */
export function useVerdictText(): (objects: readonly InjectedObject[]) => string {
  const t = useTranslations('inject.counts');
  return (objects) =>
    count(objects)
      .map(({ outcome, count: many }) => t.markup(outcome, { count: many, b: plain }))
      .join(t('comma'));
}
