import { createTranslator, type Messages } from 'next-intl';
import { readMessages } from './load-messages';
import type { Locale } from './locales';

interface SaidPhrase {
  readonly code: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** Says the phrases that core refers to as plain text of one language: for files, where no component draws them. */
export async function openPhraseBook(locale: Locale): Promise<(phrase: SaidPhrase) => string> {
  const messages: Messages = await readMessages(locale);
  const t = createTranslator({ locale, messages, namespace: 'phrase', timeZone: 'UTC' });
  const plain = { b: (chunks: string) => chunks, code: (chunks: string) => chunks };
  return ({ code, values }) => (t.has(code) ? t.markup(code, { ...values, ...plain }) : code);
}
