'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { BlockFailure } from './block-failure';
import { ClockTime } from './relative-time';
import { SkeletonLines } from './skeleton';
import { useErrorWords } from './use-error-words';
import type { Loadable } from './use-resource';

interface BlockProps<T> {
  readonly data: Loadable<T>;
  readonly children: (value: T) => ReactNode;
  readonly title?: ReactNode;
  readonly actions?: ReactNode;
  /** What stands in for the content while it loads; draw its real shape. */
  readonly skeleton?: ReactNode;
}

/** One part of a page in its four states: loading, ready, stale (keeps its data, says since when), failed. */
export function Block<T>({ data, children, title, actions, skeleton }: BlockProps<T>) {
  const t = useTranslations('shared.block');
  const wordsOf = useErrorWords();
  const isStale = data.status === 'ready' && data.isStale;
  return (
    <section className="min-w-0" aria-busy={data.status === 'loading'}>
      {(title !== undefined || actions !== undefined) && (
        <header className="mb-2 flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1">
          {title !== undefined && <h2 className="text-prose font-semibold">{title}</h2>}
          {actions !== undefined && <div className="ml-auto flex min-w-0 flex-wrap items-center gap-2">{actions}</div>}
        </header>
      )}
      {isStale && (
        <p className="mb-2 flex flex-wrap items-center gap-2 text-state-missing">
          <span>{t.rich('stale', { since: () => <ClockTime at={data.staleSince} /> })}</span>
          {data.error !== null && (
            <span className="text-ink-2" title={data.error.message}>
              {wordsOf(data.error).title}
            </span>
          )}
          <button type="button" className="link" onClick={() => void data.refresh()}>
            {t('retry')}
          </button>
        </p>
      )}
      {data.status === 'loading' && (
        <>
          <span className="sr-only">{t('loading')}</span>
          {skeleton ?? <SkeletonLines />}
        </>
      )}
      {data.status === 'ready' && children(data.value)}
      {data.status === 'failed' && <BlockFailure error={data.error} onRetry={() => void data.refresh()} />}
    </section>
  );
}
