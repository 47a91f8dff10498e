import {
  Annotation,
  type ChangeSet,
  type EditorSelection,
  type Extension,
  StateField,
  type Transaction,
} from '@codemirror/state';
import type { EditorView } from '@codemirror/view';

/** What takes one edit back. */
interface Step {
  readonly inverse: ChangeSet;
  readonly selection: EditorSelection;
  readonly at: number;
  /** A single letter typed or deleted; others of its kind that follow at once belong to the same step. */
  readonly letter?: 'typed' | 'deleted';
}

interface History {
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
}

const MOST_STEPS = 200;
/** Letters typed faster than this are one step. */
const JOIN_MS = 600;
const move = Annotation.define<'undo' | 'redo'>();

function toStep({ changes, startState }: Transaction): Step {
  const inverse = changes.invert(startState.doc);
  const difference = changes.newLength - changes.length;
  const base = { inverse, selection: startState.selection, at: Date.now() };
  if (!startState.selection.main.empty || Math.abs(difference) !== 1) return base;
  return { ...base, letter: difference > 0 ? 'typed' : 'deleted' };
}

function afterEdit({ done }: History, transaction: Transaction): History {
  const step = toStep(transaction);
  const last = done.at(-1);
  const isSame = step.letter !== undefined && step.letter === last?.letter && step.at - last.at <= JOIN_MS;
  if (last === undefined || !isSame) return { done: [...done, step].slice(-MOST_STEPS), undone: [] };
  const joined = { ...step, inverse: step.inverse.compose(last.inverse), selection: last.selection };
  return { done: [...done.slice(0, -1), joined], undone: [] };
}

const field = StateField.define<History>({
  create: () => ({ done: [], undone: [] }),
  update: (history, transaction) => {
    if (!transaction.docChanged) return history;
    const step = toStep(transaction);
    switch (transaction.annotation(move)) {
      case 'undo':
        return { done: history.done.slice(0, -1), undone: [...history.undone, step] };
      case 'redo':
        return { done: [...history.done, step], undone: history.undone.slice(0, -1) };
      default:
        return afterEdit(history, transaction);
    }
  },
});

function apply(view: EditorView, direction: 'undo' | 'redo'): boolean {
  const { done, undone } = view.state.field(field);
  const step = (direction === 'undo' ? done : undone).at(-1);
  if (step === undefined) return true;
  view.dispatch({
    changes: step.inverse,
    selection: step.selection,
    annotations: move.of(direction),
    scrollIntoView: true,
  });
  return true;
}

/** Takes the last edit back; always handles the key, else the browser would undo behind the editor's back. */
export const undo = (view: EditorView): boolean => apply(view, 'undo');
export const redo = (view: EditorView): boolean => apply(view, 'redo');

/** Remembers edits, so that they can be undone. */
export const editHistory: Extension = field;
