import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { remedyHref } from '@/components/injection/remedy-href';
import { CopyButton } from '@/components/shared/copy-button';
import { usePhraseText } from '@/components/shared/phrase';
import type { ProblemRow } from '@/lib/api/problems';

/** Remedies that have a dialog of ours, by the word on the button. */
const WORDS: Readonly<Record<string, string>> = {
  'restart-workload': 'restart',
  'enable-namespace': 'enable',
  'fix-namespace-label': 'enable',
  'remove-namespace-label': 'relabel',
  'set-pod-label': 'switch',
  'remove-pod-label': 'switch',
  'repair-control-plane': 'look',
  'edit-injector-policy': 'look',
};

/** The nearest step for one object: a dialog of ours where there is one, else its kubectl line to copy. */
export function RowAction({ row }: { readonly row: ProblemRow }) {
  const t = useTranslations('problems.action');
  const text = usePhraseText();
  const open = row.remedies
    .map((remedy) => ({ remedy, href: remedyHref(remedy.action, row), word: WORDS[remedy.action] }))
    .find(({ href, word }) => href !== undefined && word !== undefined);
  const command = row.remedies.find(({ kubectl }) => kubectl !== undefined);
  return (
    <span className="flex items-center gap-1">
      {open?.href !== undefined && (
        <Link href={open.href} className="link truncate" title={text(open.remedy.text)} prefetch={false}>
          {t(open.word ?? 'look')}
          <span className="sr-only"> {row.name}</span>
        </Link>
      )}
      {command?.kubectl !== undefined && (
        <CopyButton text={command.kubectl} label={t('copy', { command: command.kubectl })} />
      )}
      {open === undefined && command === undefined && <span className="text-ink-3">–</span>}
    </span>
  );
}
