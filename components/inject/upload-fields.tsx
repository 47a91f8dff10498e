'use client';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { FileButton } from './file-button';
import type { InjectInput } from './inject-input';
import { readFiles } from './read-files';

type Upload = InjectInput['upload'];
const FIELDS = ['configMap', 'values', 'mesh'] as const satisfies readonly (keyof Upload)[];

interface UploadFieldsProps {
  readonly upload: Upload;
  readonly onChange: (upload: Upload) => void;
}

/** An injector's configuration of one's own: pasted or picked. */
export function UploadFields({ upload, onChange }: UploadFieldsProps) {
  const t = useTranslations('inject.upload');
  const id = useId();
  return (
    <div className="grid gap-4 lg:grid-cols-3">
      {FIELDS.map((field) => (
        <div key={field} className="min-w-0">
          <div className="mb-1 flex items-end gap-2">
            <label htmlFor={`${id}${field}`} className="min-w-0 flex-1">
              {t(field)}
            </label>
            <FileButton
              onFiles={(files) => void readFiles(files).then((text) => onChange({ ...upload, [field]: text }))}
            >
              {t('pick')}
            </FileButton>
          </div>
          <textarea
            id={`${id}${field}`}
            value={upload[field]}
            onChange={({ target }) => onChange({ ...upload, [field]: target.value })}
            aria-describedby={`${id}${field}-hint`}
            rows={4}
            spellCheck={false}
            className="mono block w-full resize-y rounded-md border border-edge bg-panel px-2.5 py-1.5 whitespace-pre"
          />
          <p id={`${id}${field}-hint`} className="mt-1 text-sm text-ink-3">
            {t(`hint.${field}`)}
          </p>
        </div>
      ))}
    </div>
  );
}
