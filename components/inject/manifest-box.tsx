'use client';
import { FolderOpen } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { type DragEvent, useState } from 'react';
import { SkeletonLines } from '@/components/shared/skeleton';
import type { EditorFault } from './editor-faults';
import { EXAMPLE } from './example.data';
import { FileButton } from './file-button';
import type { EditorPlace } from './manifest-editor';
import { readFiles } from './read-files';

const ManifestEditor = dynamic(() => import('./manifest-editor'), {
  ssr: false,
  loading: () => (
    <div className="h-(--editor-height) px-4">
      <SkeletonLines count={8} />
    </div>
  ),
});

interface ManifestBoxProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onRender: () => void;
  readonly faults: readonly EditorFault[];
  readonly place: EditorPlace | undefined;
}

/** The manifests: typed, pasted, picked or dropped. */
export function ManifestBox({ text, onChange, onRender, faults, place }: ManifestBoxProps) {
  const t = useTranslations('inject.editor');
  const [isDropping, setIsDropping] = useState(false);
  const take = (files: readonly File[]) => {
    if (files.length > 0) void readFiles(files).then(onChange);
  };
  const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button above opens the same files.
    <div
      className="editor-box rounded-md border border-line bg-panel"
      data-dropping={isDropping}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setIsDropping(true);
      }}
      onDragLeave={() => setIsDropping(false)}
      onDropCapture={(event) => {
        setIsDropping(false);
        if (!hasFiles(event)) return;
        event.preventDefault();
        event.stopPropagation();
        take([...event.dataTransfer.files]);
      }}
    >
      <header className="flex min-h-11 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
        <h2 className="mr-auto font-semibold">{t('title')}</h2>
        {text === '' ? (
          <button type="button" className="button" onClick={() => onChange(EXAMPLE)}>
            {t('example')}
          </button>
        ) : (
          <button type="button" className="button" onClick={() => onChange('')}>
            {t('clear')}
          </button>
        )}
        <FileButton isMultiple onFiles={take}>
          <FolderOpen aria-hidden="true" size={14} />
          {t('open')}
        </FileButton>
      </header>
      <ManifestEditor
        label={t('label')}
        hint={t('hint')}
        text={text}
        onChange={onChange}
        onRender={onRender}
        faults={faults}
        place={place}
      />
    </div>
  );
}
