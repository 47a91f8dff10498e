import { useTranslations } from 'next-intl';
import { Phrase } from '@/components/shared/phrase';
import { StateShape } from '@/components/shared/state-shape';
import type { PodDiffAnswer } from '@/lib/api/pod-diff';

/** What the picture and the list could not tell for sure, said plainly. */
export function UncertainParts({ answer: { uncertain, ownerProblem } }: { readonly answer: PodDiffAnswer }) {
  const t = useTranslations('pod.beforeAfter.uncertain');
  if (uncertain.length === 0 && ownerProblem === undefined) return null;
  return (
    <section className="mb-5 rounded-md border border-line bg-panel px-4 py-3">
      <h2 className="flex items-center gap-2 font-semibold">
        <StateShape state="unknown" />
        {t('title')}
      </h2>
      <ul className="mt-1 flex list-disc flex-col gap-0.5 pl-5 text-ink-2">
        {ownerProblem !== undefined && <li>{t('owner', { problem: ownerProblem })}</li>}
        {uncertain.map((phrase) => (
          <li key={`${phrase.code} ${Object.values(phrase.values ?? {}).join(' ')}`}>
            <Phrase value={phrase} />
          </li>
        ))}
      </ul>
    </section>
  );
}
