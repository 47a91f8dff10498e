import { useTranslations } from 'next-intl';
import type { EnableTarget } from '@/lib/api/namespaces';

interface TargetChoiceProps {
  readonly targets: readonly EnableTarget[];
  readonly revision: string | undefined;
  readonly onRevision: (revision: string | undefined) => void;
}

/** The revisions and tags that this cluster's webhooks serve; one is chosen. */
export function TargetChoice({ targets, revision, onRevision }: TargetChoiceProps) {
  const t = useTranslations('toggle.target');
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="sr-only">{t('legend')}</legend>
      {targets.map((target) => (
        <label key={`${target.key}=${target.value}`} className="flex items-center gap-2.5">
          <input
            type="radio"
            name="target"
            className="size-3.75 accent-accent"
            checked={target.revision === revision}
            onChange={() => onRevision(target.revision)}
          />
          <code>
            {target.key}={target.value}
          </code>
          <span className="text-ink-3">
            {target.servedBy.tag === undefined || target.servedBy.tag === target.servedBy.revision
              ? t('revision', { revision: target.servedBy.revision })
              : t('tag', { tag: target.servedBy.tag, revision: target.servedBy.revision })}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
