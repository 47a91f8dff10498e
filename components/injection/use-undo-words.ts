import { useTranslations } from 'next-intl';
import type { UndoablePart, UndoOutcome } from './undo-part';

/** How taking one part back ended, in words: above all why it could not be. */
export function useUndoWords(): (part: UndoablePart, outcome: UndoOutcome) => string {
  const t = useTranslations('undo');
  return ({ name }, outcome) => {
    switch (outcome.kind) {
      case 'undone':
        return t('outcome.undone', { name, now: outcome.now === '' ? t('none') : outcome.now });
      case 'changed':
        return t('outcome.changed', { name, now: outcome.now === '' ? t('none') : outcome.now });
      case 'failed':
        return t('outcome.failed', { name, message: outcome.error.message });
      case 'impossible':
        return t('outcome.impossible', { name });
    }
  };
}
