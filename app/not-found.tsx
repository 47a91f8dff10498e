import Link from 'next/link';
import { getTranslations } from 'next-intl/server';

export default async function NotFound() {
  const t = await getTranslations('frame.notFound');
  return (
    <div className="max-w-prose pt-12">
      <p className="mono text-ink-3">404</p>
      <h1 className="text-title font-semibold">{t('title')}</h1>
      <p className="mt-1 mb-4 text-prose text-ink-2">{t('text')}</p>
      <Link href="/" className="button">
        {t('home')}
      </Link>
    </div>
  );
}
