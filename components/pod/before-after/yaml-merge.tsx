'use client';
import './yaml-compare.css';
import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { readNonce } from '@/components/shared/nonce';
import { useAfterWord } from './after-word';
import { yamlLanguage } from './yaml-language';

interface YamlMergeProps {
  readonly before: string;
  readonly after: string;
  readonly isSideBySide: boolean;
  readonly isOnlyDifferences: boolean;
}

const KEPT_LINES = { margin: 3, minSize: 4 };

function readOnly(label: string, unchanged: string): Extension {
  return [
    EditorView.cspNonce.of(readNonce()),
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorState.phrases.of({ '$ unchanged lines': unchanged }),
    EditorView.contentAttributes.of({ 'aria-label': label }),
    EditorView.lineWrapping,
    lineNumbers(),
    yamlLanguage,
  ];
}

/** Two YAML texts compared line by line; loaded only when asked for. */
export default function YamlMerge({ before, after, isSideBySide, isOnlyDifferences }: YamlMergeProps) {
  const t = useTranslations('pod.beforeAfter');
  const frame = useRef<HTMLElement>(null);
  const [written, runs, unchanged] = [t('asWritten'), useAfterWord(), t('yaml.unchanged')];
  useEffect(() => {
    const parent = frame.current;
    if (parent === null) return;
    const folding = isOnlyDifferences ? { collapseUnchanged: KEPT_LINES } : {};
    const options = { highlightChanges: true, gutter: true, ...folding };
    if (isSideBySide) {
      const view = new MergeView({
        a: { doc: before, extensions: readOnly(written, unchanged) },
        b: { doc: after, extensions: readOnly(runs, unchanged) },
        parent,
        ...options,
      });
      return () => view.destroy();
    }
    const unified = unifiedMergeView({ original: before, mergeControls: false, ...options });
    const view = new EditorView({ doc: after, extensions: [readOnly(runs, unchanged), unified], parent });
    return () => view.destroy();
  }, [before, after, isSideBySide, isOnlyDifferences, written, runs, unchanged]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section ref={frame} tabIndex={0} aria-label={t('yaml.label')} className="yaml-frame" />
  );
}
