import { useTranslations } from 'next-intl';
import { PageHead } from '@/components/shared/page-head';

export default function OverviewPage() {
  const t = useTranslations('frame');
  return <PageHead title={t('pages.overview')} verdict={t('description')} />;
}
