'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { SkeletonLines } from '@/components/shared/skeleton';

const SLOW_MS = 1_000;

/** The wait for a result: its shape at once, after a second also for how long and how to end it. */
export function BusyLine({ onCancel }: { readonly onCancel: () => void }) {
  const t = useTranslations('inject.busy');
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((past) => past + 1), SLOW_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <div aria-busy="true">
      <span className="sr-only">{t('rendering')}</span>
      <SkeletonLines count={4} />
      {seconds > 0 && (
        <p className="mt-2 flex flex-wrap items-center gap-3 text-ink-2">
          {t('since', { seconds })}
          <button type="button" className="button" onClick={onCancel}>
            {t('cancel')}
          </button>
        </p>
      )}
    </div>
  );
}
