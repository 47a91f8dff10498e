import { useTranslations } from 'next-intl';
import type { WorkloadSwitchPlan } from '@/lib/api/workload-switch';

const LINE = {
  same: { sign: ' ', className: 'text-ink-2' },
  added: { sign: '+', className: 'bg-accent-bg text-accent' },
  removed: { sign: '−', className: 'bg-state-refused-bg text-state-refused' },
} as const;

/** The lines of the manifest that change, with the keys above them. */
export function TemplateDiff({ lines }: Pick<WorkloadSwitchPlan, 'lines'>) {
  const t = useTranslations('toggle.diff');
  if (lines.length === 0) return <p className="text-ink-2">{t('none')}</p>;
  return (
    <ul className="overflow-x-auto rounded-md border border-line py-1">
      {lines.map(({ kind, text }) => (
        <li key={`${kind} ${text}`} className={`mono flex gap-2 px-3 py-px ${LINE[kind].className}`}>
          <span aria-hidden="true" className="w-3 shrink-0 select-none">
            {LINE[kind].sign}
          </span>
          {kind !== 'same' && <span className="sr-only">{t(kind)}</span>}
          <span className="whitespace-pre">{text}</span>
        </li>
      ))}
    </ul>
  );
}
