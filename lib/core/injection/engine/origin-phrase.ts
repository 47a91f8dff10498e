import type { Phrase } from '@/lib/core/phrase';
import type { Origin } from './explain-origins';

/** The stage that gave a part its form, as a sentence of the catalogs. */
export function originPhrase(origin: Origin): Phrase {
  switch (origin.kind) {
    case 'template':
      return { code: 'engine.origin.template', values: { template: origin.template } };
    case 'user-container':
      return { code: 'engine.origin.user-container' };
    case 'step':
      return { code: `engine.step.${origin.step}` };
  }
}
