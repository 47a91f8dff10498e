import { useFormatter, useTranslations } from 'next-intl';
import type { MissingPart } from '@/lib/api/common';
import { StateShape } from './state-shape';

/** Says which kinds of objects an answer was made without, and the right that would open each. */
export function MissingParts({ parts }: { readonly parts: readonly MissingPart[] }) {
  const t = useTranslations('shared.missing');
  const format = useFormatter();
  const told = parts.filter(({ reason }) => reason !== 'absent');
  if (told.length === 0) return null;
  return (
    <ul className="mb-3 flex flex-col gap-1 text-ink-2">
      {told.map(({ resource, reason, right, namespaces = [] }) => (
        <li key={resource} className="flex flex-wrap items-center gap-x-2">
          <StateShape state="unknown" />
          <span>
            {t.rich(reason === 'forbidden' ? 'forbidden' : 'unreachable', {
              resource: () => <code className="text-ink">{resource}</code>,
              right: () => <code className="text-ink">{right}</code>,
              count: namespaces.length,
              where: format.list(namespaces),
            })}
          </span>
        </li>
      ))}
    </ul>
  );
}
