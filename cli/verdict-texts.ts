import engine from '@/messages/en/engine.json';
import injection from '@/messages/en/injection.json';
import { openPhrases } from './open-phrases';

/** A phrase of a verdict in English. */
export const sayVerdict = openPhrases({ phrase: { ...engine.phrase, ...injection.phrase } });
