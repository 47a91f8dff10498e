import { createTranslator, type Messages } from 'next-intl';
import type { Phrase } from '@/lib/core/phrase';

/** Says phrases in English from these messages, without the marks that the dashboard draws. */
export function openPhrases(messages: Messages): (phrase: Phrase) => string {
  const t = createTranslator({
    locale: 'en',
    messages,
    namespace: 'phrase',
    // A sentence that is missing shows as its code, and does not stop a command.
    onError: () => undefined,
    getMessageFallback: ({ key }) => key,
  });
  return ({ code, values }) => t.markup(code, { ...values, b: String, code: String });
}
