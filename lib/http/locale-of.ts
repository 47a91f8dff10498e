import 'server-only';
import { chooseLocale } from '@/lib/i18n/choose-locale';
import { LOCALE_COOKIE, type Locale } from '@/lib/i18n/locales';
import { readCookie } from './read-cookie';

/** The language that a request asks for, by the product's cookie or as its browser says. */
export function localeOf(request: Request): Locale {
  return chooseLocale(readCookie(request.headers.get('cookie'), LOCALE_COOKIE), request.headers.get('accept-language'));
}
