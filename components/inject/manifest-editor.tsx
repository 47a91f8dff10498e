'use client';
import '@/components/pod/before-after/yaml-compare.css';
import './manifest-editor.css';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, lineNumbers, placeholder } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { yamlLanguage } from '@/components/pod/before-after/yaml-language';
import { readNonce } from '@/components/shared/nonce';
import { editHistory } from './edit-history';
import { editingKeys } from './editing-keys';
import { type EditorFault, editorFaults, goToPlace, showFaults } from './editor-faults';

export interface EditorPlace {
  readonly line: number;
  readonly column?: number | undefined;
}

interface ManifestEditorProps {
  readonly label: string;
  readonly hint: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onRender: () => void;
  readonly faults: readonly EditorFault[];
  /** A new object moves the cursor there. */
  readonly place: EditorPlace | undefined;
}

/** A field for YAML of any length; loaded only on the page that has it. */
export default function ManifestEditor({ label, hint, text, onChange, onRender, faults, place }: ManifestEditorProps) {
  const frame = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(undefined);
  const latest = useRef({ text, onChange, onRender });
  useEffect(() => {
    latest.current = { text, onChange, onRender };
  });

  useEffect(() => {
    const parent = frame.current;
    if (parent === null) return;
    const view = new EditorView({
      doc: latest.current.text,
      parent,
      extensions: [
        EditorView.cspNonce.of(readNonce()),
        EditorState.tabSize.of(2),
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
        placeholder(hint),
        lineNumbers(),
        highlightActiveLine(),
        drawSelection(),
        editHistory,
        editorFaults,
        editingKeys(() => latest.current.onRender()),
        yamlLanguage,
        EditorView.updateListener.of((update) => {
          if (update.docChanged) latest.current.onChange(update.state.doc.toString());
        }),
      ],
    });
    editor.current = view;
    return () => view.destroy();
  }, [label, hint]);

  useEffect(() => {
    const view = editor.current;
    if (view === undefined || view.state.doc.toString() === text) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
  }, [text]);
  useEffect(() => {
    if (editor.current !== undefined) showFaults(editor.current, faults);
  }, [faults]);
  useEffect(() => {
    if (editor.current !== undefined && place !== undefined) goToPlace(editor.current, place.line, place.column);
  }, [place]);
  return <div ref={frame} className="yaml-frame manifest-editor" />;
}
