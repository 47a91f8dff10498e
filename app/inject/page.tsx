import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { InjectPage } from '@/components/inject/inject-page';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('inject');
  return { title: t('title') };
}

export default function Page() {
  return <InjectPage />;
}
