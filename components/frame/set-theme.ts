import { writeCookie } from '@/components/shared/browser-cookie';
import { THEME_COOKIE, type Theme } from '@/components/shared/preferences';

/** Changes the look at once and for the requests that follow. */
export function setTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  writeCookie(THEME_COOKIE, theme);
}
