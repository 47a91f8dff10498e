'use client';
import { Command } from 'cmdk';
import { History, Keyboard, Languages } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { writeCookie } from '@/components/shared/browser-cookie';
import { Dialog } from '@/components/shared/dialog';
import { THEMES } from '@/components/shared/preferences';
import { LOCALE_COOKIE, LOCALE_NAMES, LOCALES } from '@/lib/i18n/locales';
import { setFrameDialog } from './frame-dialog-store';
import { PAGES } from './pages';
import { PaletteResults } from './palette-results';
import { setTheme } from './set-theme';
import { THEME_ICONS } from './theme-icons';

interface Entry {
  readonly id: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly run: () => void;
}

const ICON = { 'aria-hidden': true, size: 15, strokeWidth: 1.75, className: 'shrink-0 text-ink-3' } as const;

/** Every namespace, workload, pod, page and action under one box. */
export default function Palette({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('frame');
  const router = useRouter();
  const [text, setText] = useState('');
  const go = (href: string) => {
    onClose();
    router.push(href);
  };

  const pages = PAGES.map(
    ({ id, href, icon: Icon }): Entry => ({
      id,
      label: t(`pages.${id}`),
      icon: <Icon {...ICON} />,
      run: () => go(href),
    }),
  );
  const themes = THEMES.map((theme): Entry => {
    const Icon = THEME_ICONS[theme];
    const label = t('palette.theme', { name: t(`theme.${theme}`) });
    return { id: `theme ${theme}`, label, icon: <Icon {...ICON} />, run: () => setTheme(theme) };
  });
  const languages = LOCALES.map(
    (locale): Entry => ({
      id: `language ${locale}`,
      label: t('palette.language', { name: LOCALE_NAMES[locale].name }),
      icon: <Languages {...ICON} />,
      run: () => {
        writeCookie(LOCALE_COOKIE, locale);
        router.refresh();
      },
    }),
  );
  const keys: Entry = {
    id: 'keys',
    label: t('palette.keys'),
    icon: <Keyboard {...ICON} />,
    run: () => setFrameDialog('keys'),
  };
  const actions: Entry = {
    id: 'actions',
    label: t('palette.recentActions'),
    icon: <History {...ICON} />,
    run: () => setFrameDialog('actions'),
  };
  const wanted = text.trim().toLowerCase();
  const matching = (entries: readonly Entry[]) => entries.filter(({ label }) => label.toLowerCase().includes(wanted));

  return (
    <Dialog isOpen isBare onClose={onClose} title={t('palette.title')}>
      <Command shouldFilter={false} label={t('palette.title')} className="flex max-h-[70vh] flex-col" loop>
        <Command.Input
          value={text}
          onValueChange={setText}
          placeholder={t('palette.placeholder')}
          className="h-12 w-full shrink-0 rounded-t-md border-b border-line bg-transparent px-4 text-prose outline-none placeholder:text-ink-3"
        />
        <Command.List className="min-h-0 overflow-y-auto p-2">
          <PaletteResults text={text} onOpen={go} />
          <PaletteGroup heading={t('palette.pages')} entries={matching(pages)} />
          <PaletteGroup
            heading={t('palette.actions')}
            entries={matching([actions, keys, ...themes, ...languages])}
            onRun={onClose}
          />
        </Command.List>
        <p className="shrink-0 border-t border-line px-4 py-2 text-sm text-ink-3">{t('palette.hint')}</p>
      </Command>
    </Dialog>
  );
}

interface PaletteGroupProps {
  readonly heading: string;
  readonly entries: readonly Entry[];
  readonly onRun?: () => void;
}

function PaletteGroup({ heading, entries, onRun }: PaletteGroupProps) {
  if (entries.length === 0) return null;
  return (
    <Command.Group heading={heading} className="palette-group">
      {entries.map(({ id, label, icon, run }) => (
        <Command.Item
          key={id}
          value={id}
          className="palette-item"
          onSelect={() => {
            onRun?.();
            run();
          }}
        >
          {icon}
          <span>{label}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}
