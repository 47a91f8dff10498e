import { useTranslations } from 'next-intl';
import type { TableRow } from '@/components/preview/preview-rows';
import { StateShape } from '@/components/shared/state-shape';

/** How many workloads would be refused, said beside the button that would bring it about. */
export function RefusedCount({ rows, isWhole }: { readonly rows: readonly TableRow[]; readonly isWhole: boolean }) {
  const t = useTranslations('preview.confirm');
  const refused = rows.filter(({ becomes }) => becomes === 'refused').length;
  const waiting = rows.filter(({ preview }) => preview === undefined).length;
  if (refused === 0 && isWhole) return null;
  return (
    <p className={`mr-auto flex items-baseline gap-2 ${refused > 0 ? 'text-state-refused' : 'text-ink-3'}`}>
      {refused > 0 && (
        <span className="translate-y-px">
          <StateShape state="refused" size={12} />
        </span>
      )}
      <span>
        {refused > 0 && t('refused', { count: refused })}
        {refused > 0 && waiting > 0 && ' '}
        {waiting > 0 && <span className="text-ink-2">{t('waiting', { count: waiting })}</span>}
      </span>
    </p>
  );
}
