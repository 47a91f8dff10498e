import { createTranslator } from 'next-intl';
import type { Phrase } from '@/lib/core/phrase';
import capture from '@/messages/en/capture.json';
import rules from '@/messages/en/capture-rules.json';

const { phrase } = capture;
const messages = {
  phrase: { capture: { ...phrase.capture, rule: { ...phrase.capture.rule, ...rules.phrase.capture.rule } } },
};

const translate = createTranslator({
  locale: 'en',
  messages,
  // A sentence that is missing shows as its code, and does not stop a command.
  onError: () => undefined,
  getMessageFallback: ({ key }) => key,
});

/** A phrase of the capture core in English, without the marks that the dashboard draws. */
export function sayInEnglish({ code, values }: Phrase): string {
  // biome-ignore lint/suspicious/noExplicitAny: codes are data here
  const text: string = (translate as any).markup(`phrase.${code}`, { ...values, b: String, code: String });
  return text;
}
