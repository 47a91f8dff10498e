import { useTranslations } from 'next-intl';
import { Phrase } from '@/components/shared/phrase';
import { StateShape } from '@/components/shared/state-shape';
import type { OwnerDifference } from '@/lib/api/pod-diff';
import { JsonText } from './json-text';

interface OwnerDifferencesProps {
  readonly differences: readonly OwnerDifference[];
  readonly owner: { readonly kind: string; readonly name: string };
}

/** Where the pod without its injection is not what its owner's template says, and who is likely to have made it so. */
export function OwnerDifferences({ differences, owner }: OwnerDifferencesProps) {
  const t = useTranslations('uninject');
  return (
    <div className="rounded-md border border-line bg-panel px-4 py-3">
      <h2 className="flex items-center gap-2 font-semibold">
        <StateShape state="outdated" />
        {t('differences', { count: differences.length, owner: `${owner.kind} ${owner.name}` })}
      </h2>
      <ul className="mt-1 flex flex-col gap-2 text-ink-2">
        {differences.map(({ path, ofOwner, ofPod, because }) => (
          <li key={path}>
            <code className="break-words text-ink">{path}</code>
            <dl className="recovered-sides">
              <dt>{t('template')}</dt>
              <dd>{ofOwner === undefined ? t('nothing') : <JsonText value={ofOwner} />}</dd>
              <dt>{t('pod')}</dt>
              <dd>{ofPod === undefined ? t('nothing') : <JsonText value={ofPod} />}</dd>
            </dl>
            <Phrase value={because} />
          </li>
        ))}
      </ul>
    </div>
  );
}
