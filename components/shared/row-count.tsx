import { useTranslations } from 'next-intl';

interface RowCountProps {
  /** How many rows are shown or match. */
  readonly shown: number;
  readonly total: number;
}

/** "37 of 1,204". */
export function RowCount({ shown, total }: RowCountProps) {
  const t = useTranslations('shared.count');
  return (
    <span role="status" className="whitespace-nowrap text-ink-3">
      {t('of', { shown, total })}
    </span>
  );
}
