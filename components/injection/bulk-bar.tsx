import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { InjectionActionName } from '@/lib/api/injection';

interface BulkBarProps {
  readonly names: readonly string[];
  readonly onClear: () => void;
  readonly onAction: (action: InjectionActionName) => void;
}

/** What can be done with the namespaces that are ticked. */
export function BulkBar({ names, onClear, onAction }: BulkBarProps) {
  const t = useTranslations('namespaces');
  if (names.length === 0) return null;
  return (
    <div className="sticky bottom-4 z-10 mt-3 flex w-fit flex-wrap items-center gap-2 rounded-md border border-line bg-panel px-3 py-2 shadow-float">
      <strong role="status" className="mr-2 font-semibold">
        {t('bulk.selected', { count: names.length })}
      </strong>
      {(['enable', 'disable', 'unset'] as const).map((action) => (
        <button key={action} type="button" className="button" onClick={() => onAction(action)}>
          {t(`menu.${action}`)}
        </button>
      ))}
      <Link className="button" href={`/graph?namespaces=${names.map(encodeURIComponent).join(',')}`}>
        {t('menu.graph')}
      </Link>
      <button type="button" className="button" onClick={onClear}>
        {t('bulk.clear')}
      </button>
    </div>
  );
}
