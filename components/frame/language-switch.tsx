'use client';
import { Languages } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { writeCookie } from '@/components/shared/browser-cookie';
import { Menu } from '@/components/shared/menu';
import { isLocale, LOCALE_COOKIE, LOCALE_NAMES, LOCALES } from '@/lib/i18n/locales';

/** Changes the language in place: the page keeps its state and gets new texts. */
export function LanguageSwitch() {
  const t = useTranslations('frame.language');
  const locale = useLocale();
  const router = useRouter();
  const current = isLocale(locale) ? LOCALE_NAMES[locale] : LOCALE_NAMES.en;
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className="button" aria-label={t('label', { name: current.name })}>
          <Languages aria-hidden="true" size={14} />
          {current.short}
        </button>
      }
      items={LOCALES.map((each) => ({
        id: each,
        label: <span lang={each}>{LOCALE_NAMES[each].name}</span>,
        isChecked: each === locale,
        onSelect: () => {
          writeCookie(LOCALE_COOKIE, each);
          router.refresh();
        },
      }))}
    />
  );
}
