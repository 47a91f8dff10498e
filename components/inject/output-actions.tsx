'use client';
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { CopyButton } from '@/components/shared/copy-button';
import { downloadText } from '@/components/shared/download-text';

/** The whole file as it would be applied. */
export function OutputActions({ output }: { readonly output: string }) {
  const t = useTranslations('inject.output');
  if (output === '') return null;
  return (
    <>
      <CopyButton text={output}>{t('copy')}</CopyButton>
      <button
        type="button"
        className="button"
        onClick={() => downloadText('injected.yaml', 'application/yaml', output)}
      >
        <Download aria-hidden="true" size={14} />
        {t('download')}
      </button>
    </>
  );
}
