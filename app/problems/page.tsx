import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ProblemsPage } from '@/components/problems/problems-page';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('problems');
  return { title: t('title') };
}

export default function Page() {
  return <ProblemsPage />;
}
