'use client';
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { CopyButton } from '@/components/shared/copy-button';
import { downloadText } from '@/components/shared/download-text';

/** The pod that would be, to copy or to keep. */
export function PreviewYamlActions({ yaml, fileName }: { readonly yaml: string; readonly fileName: string }) {
  const t = useTranslations('preview.yaml');
  return (
    <>
      <CopyButton text={yaml}>{t('copy')}</CopyButton>
      <button
        type="button"
        className="button"
        onClick={() => downloadText(`${fileName}.yaml`, 'application/yaml', yaml)}
      >
        <Download aria-hidden="true" size={14} />
        {t('download')}
      </button>
    </>
  );
}
