import { useFormatter, useTranslations } from 'next-intl';
import type { MissingPart } from '@/lib/api/answer-parts';
import { StateShape } from './state-shape';

interface MissingPartsProps {
  readonly parts: readonly MissingPart[];
  /** The kinds that this answer is made of; what else is missing does not concern it. All matter when absent. */
  readonly about?: readonly string[];
}

/** Up to here each is told at once; more stand behind one line. */
const MOST_SHOWN = 2;

/** Says which kinds of objects an answer was made without, and the right that would open each. */
export function MissingParts({ parts, about }: MissingPartsProps) {
  const t = useTranslations('shared.missing');
  const told = parts.filter(
    ({ reason, resource }) => reason !== 'absent' && (about === undefined || about.includes(resource)),
  );
  if (told.length === 0) return null;
  const list = <PartList parts={told} />;
  if (told.length <= MOST_SHOWN) return list;
  return (
    <details className="mb-3">
      <summary className="mb-1 flex w-fit items-center gap-2 rounded-sm text-ink-2 hover:text-ink">
        <StateShape state="unknown" />
        <span>{t('many', { count: told.length })}</span>
        <span className="link">{t('which')}</span>
      </summary>
      {list}
    </details>
  );
}

function PartList({ parts }: Pick<MissingPartsProps, 'parts'>) {
  const t = useTranslations('shared.missing');
  const format = useFormatter();
  return (
    <ul className="mb-3 flex flex-col gap-1 text-ink-2">
      {parts.map(({ resource, reason, right, namespaces = [] }) => (
        <li key={resource} className="flex items-baseline gap-2">
          <StateShape state="unknown" />
          <span className="min-w-0 break-words">
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
