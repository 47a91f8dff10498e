import { EditorSelection, type Extension } from '@codemirror/state';
import { type EditorView, keymap } from '@codemirror/view';
import { redo, undo } from './edit-history';

/** A new line begins where the one before it did, one level deeper after a colon. */
function startLine(view: EditorView): boolean {
  const { state } = view;
  const line = state.doc.lineAt(state.selection.main.head);
  const before = line.text.slice(0, state.selection.main.head - line.from);
  const indent = /^ */.exec(before)?.[0] ?? '';
  const deeper = /:\s*$/.test(before) ? '  ' : '';
  view.dispatch(state.replaceSelection(`${state.lineBreak}${indent}${deeper}`), {
    scrollIntoView: true,
    userEvent: 'input',
  });
  return true;
}

/** Only what is on screen is in the document's tree, so the browser alone could not select or delete the rest. */
function selectAll(view: EditorView): boolean {
  view.dispatch({ selection: EditorSelection.single(0, view.state.doc.length) });
  return true;
}

function deleteSelection(view: EditorView): boolean {
  if (view.state.selection.main.empty) return false;
  view.dispatch(view.state.replaceSelection(''), { scrollIntoView: true, userEvent: 'delete.selection' });
  return true;
}

function goTo(view: EditorView, place: 'start' | 'end'): boolean {
  const head = place === 'start' ? 0 : view.state.doc.length;
  view.dispatch({ selection: EditorSelection.single(head), scrollIntoView: true });
  return true;
}

/** The keys of the editor. Tab is not among them: it leaves the editor, as in every other field. */
export function editingKeys(onRender: () => void): Extension {
  return keymap.of([
    {
      key: 'Mod-Enter',
      run: () => {
        onRender();
        return true;
      },
    },
    { key: 'Enter', run: startLine },
    { key: 'Mod-z', run: undo },
    { key: 'Mod-y', run: redo },
    { key: 'Mod-Shift-z', run: redo },
    { key: 'Mod-a', run: selectAll },
    { key: 'Backspace', run: deleteSelection },
    { key: 'Delete', run: deleteSelection },
    { key: 'Mod-Home', run: (view) => goTo(view, 'start') },
    { key: 'Mod-End', run: (view) => goTo(view, 'end') },
  ]);
}
