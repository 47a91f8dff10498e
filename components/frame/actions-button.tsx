'use client';
import { History } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRecentActions } from '@/components/injection/use-recent-actions';
import { setFrameDialog } from './frame-dialog-store';

/** The way to what was done in this session; not there before anything was. */
export function ActionsButton() {
  const t = useTranslations('frame.palette');
  const actions = useRecentActions();
  if (actions.length === 0) return null;
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={t('recentActions')}
      title={t('recentActions')}
      aria-haspopup="dialog"
      onClick={() => setFrameDialog('actions')}
    >
      <History aria-hidden="true" size={16} />
    </button>
  );
}
