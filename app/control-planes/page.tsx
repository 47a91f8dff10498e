import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ControlPlanesPage } from '@/components/mesh/control-planes-page';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('controlPlanes');
  return { title: t('title') };
}

export default function Page() {
  return <ControlPlanesPage />;
}
