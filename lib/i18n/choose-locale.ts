import { DEFAULT_LOCALE, isLocale, type Locale } from './locales';

interface Wish {
  readonly tag: string;
  readonly weight: number;
}

function parseWishes(header: string): Wish[] {
  const wishes = header.split(',').map((part): Wish => {
    const [tag = '', ...parameters] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    const weight = quality === undefined ? 1 : Number(quality.slice(2));
    return { tag, weight: Number.isFinite(weight) ? weight : 0 };
  });
  return wishes.filter(({ tag, weight }) => tag !== '' && weight > 0).sort((a, b) => b.weight - a.weight);
}

/**
 * Chooses the language of an answer.
 *
 * Input: the locale cookie and the Accept-Language header, either may be absent or nonsense.
 * Output: the cookie's language if it is one of ours, else the most wished one that we have, else English.
 * Any Chinese counts as Simplified Chinese, which its readers follow more easily than English.
 */
export function chooseLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(cookie)) return cookie;
  for (const { tag } of parseWishes(acceptLanguage ?? '')) {
    if (tag === '*') break;
    const language = tag.split('-')[0];
    if (language === 'zh') return 'zh-CN';
    if (language === 'en') return 'en';
  }
  return DEFAULT_LOCALE;
}
