'use client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useContext, useState } from 'react';
import { Checkbox } from '@/components/shared/checkbox';
import { CopyButton } from '@/components/shared/copy-button';
import { SkeletonLines } from '@/components/shared/skeleton';
import { IsPlanned, useAfterWord } from './after-word';
import { useIsWide } from './use-is-wide';

const SIDE_BY_SIDE_PX = 900;

const YamlMerge = dynamic(() => import('./yaml-merge'), {
  ssr: false,
  loading: () => <SkeletonLines count={12} />,
});

interface YamlCompareProps {
  readonly asWritten: string;
  readonly asRuns: string;
}

/** Both pods as YAML, side by side where there is room, else in one column. */
export function YamlCompare({ asWritten, asRuns }: YamlCompareProps) {
  const t = useTranslations('pod.beforeAfter');
  const after = useAfterWord();
  const isPlanned = useContext(IsPlanned);
  const isWide = useIsWide(SIDE_BY_SIDE_PX);
  const [isOnlyDifferences, setIsOnlyDifferences] = useState(true);
  return (
    <div>
      <div className="mb-2 flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2">
        <Checkbox
          label={t('yaml.onlyDifferences')}
          isChecked={isOnlyDifferences}
          isLabelShown
          onChange={setIsOnlyDifferences}
        />
        <span className="ml-auto flex gap-2">
          <CopyButton text={asWritten}>{t('yaml.copyWritten')}</CopyButton>
          <CopyButton text={asRuns}>{t(isPlanned ? 'yaml.copyPlanned' : 'yaml.copyRuns')}</CopyButton>
        </span>
      </div>
      {isWide && (
        <div aria-hidden="true" className="grid grid-cols-2 gap-px pb-1 text-sm text-ink-3">
          <span>{t('asWritten')}</span>
          <span>{after}</span>
        </div>
      )}
      <YamlMerge before={asWritten} after={asRuns} isSideBySide={isWide} isOnlyDifferences={isOnlyDifferences} />
    </div>
  );
}
