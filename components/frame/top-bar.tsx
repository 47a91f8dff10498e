import Link from 'next/link';
import type { Theme } from '@/components/shared/preferences';
import { ActionsButton } from './actions-button';
import { Brand } from './brand';
import { ClusterSwitch } from './cluster-switch';
import { ConnectionState } from './connection-state';
import { LanguageSwitch } from './language-switch';
import { PaletteButton } from './palette-button';
import { ReadOnlyMark } from './read-only-mark';
import { ThemeSwitch } from './theme-switch';

export function TopBar({ theme }: { readonly theme: Theme }) {
  return (
    <header className="top-bar" data-print="hide">
      <Link href="/" className="top-brand">
        <Brand />
      </Link>
      <ClusterSwitch />
      <ConnectionState />
      <ReadOnlyMark />
      <div className="ml-auto flex min-w-0 items-center gap-2">
        <PaletteButton />
        <ActionsButton />
        <LanguageSwitch />
        <ThemeSwitch initial={theme} />
      </div>
    </header>
  );
}
