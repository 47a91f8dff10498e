import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { GraphPageView } from '@/components/graph/graph-page-view';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('graph');
  return { title: t('title') };
}

export default function GraphPage() {
  return <GraphPageView />;
}
