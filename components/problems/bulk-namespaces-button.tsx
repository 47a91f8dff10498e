import { useTranslations } from 'next-intl';
import type { ProblemRow } from '@/lib/api/problems';

interface BulkNamespacesButtonProps {
  readonly action: string;
  readonly rows: readonly ProblemRow[];
  readonly onBulk: (names: readonly string[]) => void;
}

const SWITCHING = new Set(['enable-namespace', 'fix-namespace-label']);

/** Switches all namespaces of a cause at once, where that is what helps and there are several. */
export function BulkNamespacesButton({ action, rows, onBulk }: BulkNamespacesButtonProps) {
  const t = useTranslations('problems.action');
  const names = [...new Set(rows.map(({ namespace }) => namespace))].filter((name) => name !== '');
  if (!SWITCHING.has(action) || names.length < 2) return null;
  return (
    <button type="button" className="button" onClick={() => onBulk(names)}>
      {t('bulkEnable', { count: names.length })}
    </button>
  );
}
