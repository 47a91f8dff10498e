import { createTranslator } from 'next-intl';
import type { Phrase } from '@/lib/core/phrase';
import engine from '@/messages/en/engine.json';
import injection from '@/messages/en/injection.json';

const translate = createTranslator({
  locale: 'en',
  messages: { phrase: { ...engine.phrase, ...injection.phrase } },
  // A sentence that is missing shows as its code, and does not stop a command.
  onError: () => undefined,
  getMessageFallback: ({ key }) => key,
});

/** A phrase of a verdict in English. */
export function sayVerdict({ code, values }: Phrase): string {
  // biome-ignore lint/suspicious/noExplicitAny: codes are data here
  const text: string = (translate as any).markup(`phrase.${code}`, { ...values, b: String, code: String });
  return text;
}
