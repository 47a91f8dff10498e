import { useTranslations } from 'next-intl';
import { Phrase } from '@/components/shared/phrase';
import { StateShape } from '@/components/shared/state-shape';
import type { NamespaceRow } from '@/lib/api/namespaces';

const LOOK = {
  error: { state: 'refused', ink: 'text-state-refused' },
  warning: { state: 'missing', ink: 'text-state-missing' },
  notice: { state: 'not-injected', ink: 'text-ink-2' },
} as const;

/** What is odd about the namespace's labels, and what keeps its pods from being as the labels ask. */
export function NamespaceTroubles({ mode, problems }: Pick<NamespaceRow, 'mode' | 'problems'>) {
  const t = useTranslations('namespace');
  // Those without pods are about the labels; the notes and the verdict tell them.
  const ofPods = problems.filter(({ pods }) => pods > 0);
  if (mode.notes.length === 0 && ofPods.length === 0) return null;
  return (
    <ul className="mb-4 flex flex-col gap-1">
      {mode.notes.map((note) => (
        <li
          key={`${note.code} ${JSON.stringify(note.values)}`}
          className="flex items-baseline gap-2 text-state-missing"
        >
          <StateShape state="missing" size={10} />
          <span className="min-w-0 break-words">
            <Phrase value={note} />
          </span>
        </li>
      ))}
      {ofPods.map(({ cause, severity, title, pods }) => (
        <li key={cause} className={`flex items-baseline gap-2 ${LOOK[severity].ink}`}>
          <StateShape state={LOOK[severity].state} size={10} />
          <span className="min-w-0">
            <Phrase value={title} />
            <span className="text-ink-3"> · {t('problemPods', { pods })}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
