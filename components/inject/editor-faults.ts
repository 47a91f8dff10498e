import { type Extension, type Range, StateEffect, StateField, type Text } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';

/** A place in the text where something is wrong, and what. */
export interface EditorFault {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
}

const setFaults = StateEffect.define<readonly EditorFault[]>();

function toRanges(doc: Text, faults: readonly EditorFault[]): Range<Decoration>[] {
  return faults
    .filter(({ line }) => line >= 1 && line <= doc.lines)
    .map(({ line, text }) =>
      Decoration.line({ class: 'editor-fault', attributes: { title: text } }).range(doc.line(line).from),
    );
}

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, transaction) => {
    const told = transaction.effects.find((effect) => effect.is(setFaults));
    if (told?.is(setFaults) === true) return Decoration.set(toRanges(transaction.state.doc, told.value), true);
    return marks.map(transaction.changes);
  },
  provide: (of) => EditorView.decorations.from(of),
});

/** Marks lines of the text; the marks move with it. */
export const editorFaults: Extension = field;

export function showFaults(view: EditorView, faults: readonly EditorFault[]): void {
  view.dispatch({ effects: setFaults.of(faults) });
}

/** Puts the cursor at a place and scrolls there. */
export function goToPlace(view: EditorView, line: number, column = 1): void {
  const { doc } = view.state;
  const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const anchor = Math.min(from + column - 1, to);
  view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
  view.focus();
}
