'use client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { StateShape } from '@/components/shared/state-shape';

interface BrokenPageProps {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

export default function BrokenPage({ error, reset }: BrokenPageProps) {
  const t = useTranslations('frame.broken');
  return (
    <div role="alert" className="max-w-prose pt-12">
      <h1 className="flex items-center gap-2 text-title font-semibold">
        <StateShape state="refused" size={16} />
        {t('title')}
      </h1>
      <p className="mt-1 text-prose text-ink-2">{t('text')}</p>
      <p className="mono mt-3 break-words text-ink-2">{error.message}</p>
      {error.digest !== undefined && <p className="mt-1 text-ink-3">{t('digest', { digest: error.digest })}</p>}
      <div className="mt-4 flex gap-2">
        <button type="button" className="button button-primary" onClick={reset}>
          {t('retry')}
        </button>
        <Link href="/" className="button">
          {t('home')}
        </Link>
      </div>
    </div>
  );
}
