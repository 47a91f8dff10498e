'use client';
import { Lock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Tooltip } from '@/components/shared/tooltip';
import { useClusters } from './use-clusters';

/** Says that this server changes nothing, where that is so. */
export function ReadOnlyMark() {
  const t = useTranslations('frame.connection');
  if (useClusters()?.isReadOnly !== true) return null;
  return (
    <Tooltip content={t('readOnlyHint')} opensOnPress>
      <button type="button" className="inline-flex items-center gap-1 rounded-sm whitespace-nowrap text-ink-2">
        <Lock aria-hidden="true" size={13} />
        {t('readOnly')}
      </button>
    </Tooltip>
  );
}
