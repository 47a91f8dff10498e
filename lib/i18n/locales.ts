/** The languages that every text exists in, the first one being the fallback. */
export const LOCALES = ['en', 'zh-CN'] as const;
export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE: Locale = 'en';
export const LOCALE_COOKIE = 'sidelight-locale';

/** What a language calls itself, and its short form for a narrow button. */
export const LOCALE_NAMES: Readonly<Record<Locale, { readonly name: string; readonly short: string }>> = {
  en: { name: 'English', short: 'EN' },
  'zh-CN': { name: '简体中文', short: '中文' },
};

export const isLocale = (text: string | undefined): text is Locale => LOCALES.some((locale) => locale === text);
