'use client';
import { useTranslations } from 'next-intl';
import { showToast } from '@/components/shared/toast-store';
import { runBulk } from './run-bulk';
import { type UndoOutcome, undoPart } from './undo-part';
import { canUndo, changeAction, findAction } from './undo-store';
import { useUndoWords } from './use-undo-words';

/** Takes an action of this session back and remembers how that ended; undefined where it cannot be tried. */
async function undoAction(id: number): Promise<readonly UndoOutcome[] | undefined> {
  const action = findAction(id);
  if (action === undefined || !canUndo(action)) return undefined;
  changeAction(id, { isUndoing: true });
  const outcomes: UndoOutcome[] = action.parts.map(() => ({ kind: 'impossible' }));
  await runBulk(
    action.parts.map((_part, index) => String(index)),
    {
      signal: new AbortController().signal,
      work: async (key) => {
        const part = action.parts[Number(key)];
        if (part !== undefined) outcomes[Number(key)] = await undoPart(part);
      },
      onStatus: () => undefined,
    },
  );
  changeAction(id, { isUndoing: false, outcomes });
  return outcomes;
}

/** Undo for buttons and toasts; it tells its end, also where the page that began it is gone. */
export function useUndo() {
  const t = useTranslations('undo');
  const wordsOf = useUndoWords();
  const undo = async (id: number): Promise<void> => {
    const outcomes = await undoAction(id);
    const action = findAction(id);
    if (outcomes === undefined || action === undefined) {
      showToast({ tone: 'note', text: t('gone') });
      return;
    }
    const undone = outcomes.filter(({ kind }) => kind === 'undone').length;
    const isAll = undone === outcomes.length;
    const details = outcomes.flatMap((outcome, index) => {
      const part = action.parts[index];
      return part === undefined || outcome.kind === 'undone' ? [] : [wordsOf(part, outcome)];
    });
    showToast({
      tone: isAll ? 'done' : 'failed',
      text: isAll ? t('undone', { count: undone }) : t('partly', { undone, count: outcomes.length }),
      ...(details[0] === undefined ? { detail: t('restartNote') } : { detail: details[0] }),
    });
  };
  /** After a write: a toast that says what was done and offers the way back. */
  const offer = (id: number): void => {
    const action = findAction(id);
    if (action === undefined || !canUndo(action)) return;
    const [first] = action.parts;
    const text =
      action.parts.length === 1 && first !== undefined
        ? t('offer', { name: first.name, after: first.after === '' ? t('none') : first.after })
        : t('offerMany', { count: action.parts.length });
    showToast({ tone: 'done', text, action: { label: t('undo'), run: () => void undo(id) } });
  };
  return { undo, offer };
}
