import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { NamespacesList } from '@/components/injection/namespaces-list';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('namespaces');
  return { title: t('title') };
}

export default function NamespacesPage() {
  return <NamespacesList />;
}
