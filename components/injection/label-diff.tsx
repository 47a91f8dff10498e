import { useTranslations } from 'next-intl';

interface LabelDiffProps {
  readonly lines: readonly { readonly kind: 'same' | 'added' | 'removed'; readonly text: string }[];
}

const LINE = {
  same: { sign: ' ', className: 'text-ink-2' },
  added: { sign: '+', className: 'bg-accent-bg text-accent' },
  removed: { sign: '−', className: 'bg-state-refused-bg text-state-refused' },
} as const;

/** The two injection labels before and after, as lines of a diff. */
export function LabelDiff({ lines }: LabelDiffProps) {
  const t = useTranslations('toggle.diff');
  if (lines.length === 0) return <p className="text-ink-2">{t('none')}</p>;
  return (
    <ul className="overflow-hidden rounded-md border border-line">
      {lines.map(({ kind, text }) => (
        <li key={`${kind} ${text}`} className={`mono flex gap-2 px-3 py-1 ${LINE[kind].className}`}>
          <span aria-hidden="true" className="w-3 select-none">
            {LINE[kind].sign}
          </span>
          <span className="sr-only">{t(kind)}</span>
          <span className="break-all">{text}</span>
        </li>
      ))}
    </ul>
  );
}
