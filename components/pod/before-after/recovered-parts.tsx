import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Phrase } from '@/components/shared/phrase';
import { StateShape } from '@/components/shared/state-shape';
import type { PodDiffAnswer, UninjectedPart } from '@/lib/api/pod-diff';
import { JsonText } from './json-text';
import { OwnerDifferences } from './owner-differences';
import './recovered-parts.css';

const CERTAINTIES = ['recorded', 'implied', 'unknown'] as const;

/** How the pod as written is known: what is unknown, where the owner’s template says otherwise, and every part with how sure it is. */
export function RecoveredParts({ answer }: { readonly answer: PodDiffAnswer }) {
  const t = useTranslations('uninject');
  const { parts, ownerProblem, ownerDifferences, owner, proof, source } = answer;
  // The owner's template settles what the pod alone leaves open.
  const unknown = source === 'recovered' ? parts.filter(({ certainty }) => certainty === 'unknown') : [];
  const counts = countParts(parts);
  if (parts.length === 0 && ownerProblem === undefined && ownerDifferences.length === 0) return null;
  return (
    <section aria-label={t('title')} className="mb-5 flex flex-col gap-3">
      {(unknown.length > 0 || ownerProblem !== undefined) && (
        <div className="rounded-md border border-line bg-panel px-4 py-3">
          <h2 className="flex items-center gap-2 font-semibold">
            <StateShape state="unknown" />
            {t('unknown')}
          </h2>
          <ul className="mt-1 flex flex-col gap-1.5 text-ink-2">
            {ownerProblem !== undefined && <li>{t('owner', { problem: ownerProblem })}</li>}
            {unknown.map((part) => (
              <li key={`${part.path} ${part.because.code}`}>
                <UnknownPart part={part} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {owner !== undefined && ownerDifferences.length > 0 && (
        <OwnerDifferences differences={ownerDifferences} owner={owner} />
      )}
      {parts.length > 0 && (
        <details className="group">
          <summary className="flex list-none items-baseline gap-1 rounded-sm text-ink-2 hover:text-ink">
            <ChevronRight
              aria-hidden="true"
              size={14}
              className="shrink-0 self-center transition-transform group-open:rotate-90"
            />
            {t('parts', counts)}
          </summary>
          <div className="mt-2 ml-1.5 border-l border-line-2 pl-4">
            <p className="mb-2 max-w-prose-wide text-prose text-ink-2">
              {t(`proof.${proof.verified}`, { count: proof.differences.length })}
              {owner !== undefined &&
                counts.unknown > 0 &&
                ` ${t('settled', { owner: `${owner.kind} ${owner.name}` })}`}
            </p>
            <PartTable parts={parts} />
          </div>
        </details>
      )}
    </section>
  );
}

function countParts(parts: readonly UninjectedPart[]) {
  const count = (wanted: UninjectedPart['certainty']) => parts.filter(({ certainty }) => certainty === wanted).length;
  return { recorded: count('recorded'), implied: count('implied'), unknown: count('unknown') };
}

function UnknownPart({ part }: { readonly part: UninjectedPart }) {
  return (
    <>
      <code className="break-words text-ink">{part.path}</code>
      <span className="block">
        <Phrase value={part.because} /> <Possible part={part} />
      </span>
    </>
  );
}

function Possible({ part: { alternatives = [] } }: { readonly part: UninjectedPart }) {
  const t = useTranslations('uninject');
  if (alternatives.length === 0) return null;
  const values = () =>
    alternatives.map((value, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the values have no names and keep their order.
      <span key={index}>
        {index > 0 && ', '}
        {value === null ? t('nothing') : <JsonText value={value} />}
      </span>
    ));
  return <span>{t.rich('possible', { values })}</span>;
}

function PartTable({ parts }: { readonly parts: readonly UninjectedPart[] }) {
  const t = useTranslations('uninject');
  const order = (part: UninjectedPart) => -CERTAINTIES.indexOf(part.certainty);
  return (
    <ul className="recovered-list">
      {[...parts]
        .sort((one, two) => order(one) - order(two))
        .map((part) => (
          <li key={`${part.path} ${part.because.code}`} className="recovered-row">
            <span className="mono break-words">{part.path}</span>
            <span className="text-ink-2">
              <Phrase value={part.because} /> {part.certainty === 'unknown' && <Possible part={part} />}
            </span>
            <span className="recovered-word" data-certainty={part.certainty} title={t(`means.${part.certainty}`)}>
              {t(`certainty.${part.certainty}`)}
              <span className="text-ink-3"> · {t(`fate.${part.fate}`)}</span>
            </span>
          </li>
        ))}
    </ul>
  );
}
