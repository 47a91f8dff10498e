'use client';
import { useTranslations } from 'next-intl';
import { Menu } from '@/components/shared/menu';
import { THEMES, type Theme } from '@/components/shared/preferences';
import { useTheme } from './set-theme';
import { THEME_ICONS } from './theme-icons';

export function ThemeSwitch({ initial }: { readonly initial: Theme }) {
  const t = useTranslations('frame.theme');
  const [theme, setTheme] = useTheme(initial);
  const Icon = THEME_ICONS[theme];
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className="button px-2" aria-label={t('label', { name: t(theme) })}>
          <Icon aria-hidden="true" size={15} />
        </button>
      }
      items={THEMES.map((each) => ({
        id: each,
        label: t(each),
        icon: THEME_ICONS[each],
        isChecked: each === theme,
        onSelect: () => setTheme(each),
      }))}
    />
  );
}
