'use client';
import Link from 'next/link';
import type { Theme } from '@/components/shared/preferences';
import { Brand } from './brand';
import { ConnectionState } from './connection-state';
import { LanguageSwitch } from './language-switch';
import { ThemeSwitch } from './theme-switch';

export function TopBar({ theme }: { readonly theme: Theme }) {
  return (
    <header className="top-bar" data-print="hide">
      <Link href="/" className="top-brand">
        <Brand />
      </Link>
      <ConnectionState />
      <div className="ml-auto flex items-center gap-2">
        <LanguageSwitch />
        <ThemeSwitch initial={theme} />
      </div>
    </header>
  );
}
