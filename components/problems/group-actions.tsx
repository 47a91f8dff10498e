import { useTranslations } from 'next-intl';
import { RemedyLine } from '@/components/injection/remedy-line';
import { CopyButton } from '@/components/shared/copy-button';
import type { ProblemGroup, ProblemRow } from '@/lib/api/problems';
import { BulkNamespacesButton } from './bulk-namespaces-button';

interface GroupActionsProps {
  readonly group: ProblemGroup;
  readonly rows: readonly ProblemRow[];
  readonly onBulk: (names: readonly string[]) => void;
}

/** The lines of one remedy, each once, as a script for all objects that are listed. */
function toScript(rows: readonly ProblemRow[], action: string): readonly string[] {
  const lines = rows.flatMap(({ remedies }) => remedies.filter((one) => one.action === action));
  return [...new Set(lines.flatMap(({ kubectl }) => kubectl ?? []))];
}

/** What to do about a cause: the steps in words, and all objects at once where that can be done. */
export function GroupActions({ group, rows, onBulk }: GroupActionsProps) {
  const t = useTranslations('problems.action');
  if (group.remedies.length === 0) return null;
  return (
    <div className="mb-4">
      <h3 className="mb-1 text-sm font-medium text-ink-3">{t('title')}</h3>
      <ol className="flex flex-col gap-1.5">
        {group.remedies.map((remedy) => {
          const script = toScript(rows, remedy.action);
          return (
            <li key={`${remedy.action} ${remedy.text.code}`} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <RemedyLine remedy={remedy} href={undefined} />
              <BulkNamespacesButton action={remedy.action} rows={rows} onBulk={onBulk} />
              {script.length > 0 && (
                <CopyButton text={script.join('\n')}>{t('script', { count: script.length })}</CopyButton>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
