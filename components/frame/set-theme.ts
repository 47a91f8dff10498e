'use client';
import { useSyncExternalStore } from 'react';
import { writeCookie } from '@/components/shared/browser-cookie';
import { THEME_COOKIE, type Theme, toTheme } from '@/components/shared/preferences';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Changes the look at once and for the requests that follow. */
export function setTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  writeCookie(THEME_COOKIE, theme);
  for (const listener of listeners) listener();
}

/** The chosen theme, the same in every place that shows it; `initial` is what the server read from the cookie. */
export function useTheme(initial: Theme): readonly [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore(
    subscribe,
    () => toTheme(document.documentElement.dataset.theme),
    () => initial,
  );
  return [theme, setTheme];
}
