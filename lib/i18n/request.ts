import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { chooseLocale } from './choose-locale';
import { readMessages } from './load-messages';
import { LOCALE_COOKIE } from './locales';

export default getRequestConfig(async () => {
  const locale = chooseLocale((await cookies()).get(LOCALE_COOKIE)?.value, (await headers()).get('accept-language'));
  return { locale, messages: await readMessages(locale), timeZone: 'UTC' };
});
