import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './globals.css';
import '@/components/frame/frame.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale, getTranslations } from 'next-intl/server';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { Frame } from '@/components/frame/frame';
import {
  hasSingleKeys,
  isRailFolded,
  KEYS_COOKIE,
  RAIL_COOKIE,
  THEME_COOKIE,
  toTheme,
} from '@/components/shared/preferences';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('frame');
  return { title: { default: 'Sidelight', template: '%s · Sidelight' }, description: t('description') };
}

export const viewport: Viewport = { colorScheme: 'light dark' };

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const preferences = await cookies();
  const theme = toTheme(preferences.get(THEME_COOKIE)?.value);
  return (
    <html lang={await getLocale()} data-theme={theme}>
      <body>
        <NextIntlClientProvider>
          <NuqsAdapter>
            <Frame
              theme={theme}
              isRailFolded={isRailFolded(preferences.get(RAIL_COOKIE)?.value)}
              hasSingleKeys={hasSingleKeys(preferences.get(KEYS_COOKIE)?.value)}
            >
              {children}
            </Frame>
          </NuqsAdapter>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
