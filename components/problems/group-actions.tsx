import { useTranslations } from 'next-intl';
import { RemedyLine } from '@/components/injection/remedy-line';
import { CopyButton } from '@/components/shared/copy-button';
import type { ProblemRow } from '@/lib/api/problems';
import { BulkNamespacesButton } from './bulk-namespaces-button';

interface GroupActionsProps {
  readonly rows: readonly ProblemRow[];
  readonly onBulk: (names: readonly string[]) => void;
}

type Remedy = ProblemRow['remedies'][number];

interface SharedRemedy {
  readonly remedy: Remedy;
  /** Those that it helps. */
  readonly rows: readonly ProblemRow[];
  /** Its kubectl lines, each once. */
  readonly script: readonly string[];
}

/** More steps than this are for the rows to tell. */
const MOST_SHOWN = 4;

const keyOf = ({ action, text }: Remedy): string => JSON.stringify([action, text.code, text.values]);

/** Remedies of the rows, each once, with whom it helps: two objects of one cause may need different steps. */
function shareRemedies(rows: readonly ProblemRow[]): readonly SharedRemedy[] {
  const shared = new Map<string, { remedy: Remedy; rows: ProblemRow[]; script: Set<string> }>();
  for (const row of rows) {
    for (const remedy of row.remedies) {
      const found = shared.get(keyOf(remedy)) ?? { remedy, rows: [], script: new Set<string>() };
      shared.set(keyOf(remedy), found);
      found.rows.push(row);
      if (remedy.kubectl !== undefined) found.script.add(remedy.kubectl);
    }
  }
  return [...shared.values()].map((one) => ({ ...one, script: [...one.script] }));
}

/** What to do about a cause: the steps in words, and all objects at once where that can be done. */
export function GroupActions({ rows, onBulk }: GroupActionsProps) {
  const t = useTranslations('problems.action');
  const shared = shareRemedies(rows);
  if (shared.length === 0) return null;
  return (
    <div className="mb-4">
      <h3 className="mb-1 text-sm font-medium text-ink-3">{t('title')}</h3>
      <ol className="flex flex-col gap-1.5">
        {shared.slice(0, MOST_SHOWN).map(({ remedy, rows: helped, script }) => (
          <li key={keyOf(remedy)} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <RemedyLine remedy={remedy} href={undefined} />
            <BulkNamespacesButton action={remedy.action} rows={helped} onBulk={onBulk} />
            {script.length > 0 && (
              <CopyButton text={script.join('\n')}>{t('script', { count: script.length })}</CopyButton>
            )}
          </li>
        ))}
        {shared.length > MOST_SHOWN && (
          <li className="text-ink-3">{t('more', { count: shared.length - MOST_SHOWN })}</li>
        )}
      </ol>
    </div>
  );
}
