import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { SettingsForm } from '@/components/frame/settings-form';
import { PageHead } from '@/components/shared/page-head';
import { hasSingleKeys, KEYS_COOKIE, THEME_COOKIE, toTheme } from '@/components/shared/preferences';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('frame.settings');
  return { title: t('title') };
}

export default async function SettingsPage() {
  const t = await getTranslations('frame.settings');
  const preferences = await cookies();
  return (
    <>
      <PageHead title={t('title')} verdict={t('verdict')} />
      <SettingsForm
        theme={toTheme(preferences.get(THEME_COOKIE)?.value)}
        hasSingleKeys={hasSingleKeys(preferences.get(KEYS_COOKIE)?.value)}
      />
    </>
  );
}
