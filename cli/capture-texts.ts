import capture from '@/messages/en/capture.json';
import rules from '@/messages/en/capture-rules.json';
import { openPhrases } from './open-phrases';

const { phrase } = capture;

/** A phrase of the capture core in English. */
export const sayInEnglish = openPhrases({
  phrase: { capture: { ...phrase.capture, rule: { ...phrase.capture.rule, ...rules.phrase.capture.rule } } },
});
