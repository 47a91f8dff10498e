'use client';
import { Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Dialog } from '@/components/shared/dialog';
import { RelativeTime } from '@/components/shared/relative-time';
import { StateBadge } from '@/components/shared/state-badge';
import { canUndo, currentCluster, type RecentAction } from './undo-store';
import { useRecentActions } from './use-recent-actions';
import { useUndo } from './use-undo';
import { useUndoWords } from './use-undo-words';

const MOST_NAMES = 8;

/** What was done in this session, the newest first, each with the way back or the reason why there is none. */
export default function UndoList({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('undo');
  const actions = useRecentActions();
  return (
    <Dialog isOpen onClose={onClose} size="wide" title={t('title')} description={t('description')}>
      {actions.length === 0 ? (
        <p className="text-ink-2">{t('empty')}</p>
      ) : (
        <ol className="rounded-md border border-line">
          {actions.map((action) => (
            <ActionRow key={action.id} action={action} />
          ))}
        </ol>
      )}
    </Dialog>
  );
}

function ActionRow({ action }: { readonly action: RecentAction }) {
  const t = useTranslations('undo');
  const { undo } = useUndo();
  const { parts, outcomes, isUndoing = false, at } = action;
  const [first] = parts;
  const undone = outcomes?.filter(({ kind }) => kind === 'undone').length ?? 0;
  return (
    <li className="border-b border-line px-3 py-2.5 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 flex-1 basis-60 font-medium">
          {parts.length === 1 && first !== undefined
            ? t.rich(`did.${action.action}`, { name: () => <code>{first.name}</code>, kind: first.kind })
            : t(`didMany.${action.action}`, { count: parts.length })}
        </span>
        <span className="text-ink-3">
          <RelativeTime at={at} />
        </span>
        {outcomes !== undefined && (
          <StateBadge state={undone === parts.length ? 'not-injected' : 'missing'}>
            {undone === parts.length
              ? t('state.undone')
              : undone === 0
                ? t('state.not')
                : t('state.partly', { undone, count: parts.length })}
          </StateBadge>
        )}
        {canUndo(action) && (
          <button type="button" className="button" disabled={isUndoing} onClick={() => void undo(action.id)}>
            <Undo2 aria-hidden="true" size={14} />
            {t('undo')}
          </button>
        )}
      </div>
      <PartNames action={action} />
      <Reasons action={action} />
    </li>
  );
}

function PartNames({ action: { parts } }: { readonly action: RecentAction }) {
  const t = useTranslations('undo');
  const [first] = parts;
  if (parts.length === 1) {
    return <code className="text-ink-2">{first === undefined || first.after === '' ? t('none') : first.after}</code>;
  }
  const more = parts.length - MOST_NAMES;
  return (
    <p className="text-ink-2">
      <code>
        {parts
          .slice(0, MOST_NAMES)
          .map(({ name }) => name)
          .join(', ')}
      </code>
      {more > 0 && ` ${t('more', { count: more })}`}
    </p>
  );
}

/** Why an action cannot be taken back, or what came of trying. */
function Reasons({ action }: { readonly action: RecentAction }) {
  const t = useTranslations('undo');
  const wordsOf = useUndoWords();
  if (action.outcomes === undefined) {
    if (canUndo(action) || action.isUndoing === true) return null;
    const isElsewhere = action.cluster !== currentCluster();
    return <p className="text-state-missing">{t(isElsewhere ? 'otherCluster' : 'cannot')}</p>;
  }
  const reasons = action.outcomes.flatMap((outcome, index) => {
    const part = action.parts[index];
    return part === undefined || outcome.kind === 'undone' ? [] : [wordsOf(part, outcome)];
  });
  return (
    <ul className="text-state-missing">
      {reasons.map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
  );
}
