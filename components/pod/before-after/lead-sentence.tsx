import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Phrase } from '@/components/shared/phrase';
import type { PodDiffAnswer } from '@/lib/api/pod-diff';

const strong = (chunks: ReactNode) => <strong className="font-semibold text-ink">{chunks}</strong>;

/** What injection made of this pod, and from what the pod as written is known. */
export function LeadSentence({ answer }: { readonly answer: PodDiffAnswer }) {
  const t = useTranslations('pod.beforeAfter');
  const { isInjected, anatomy, verdict, source, owner, proof } = answer;
  const isProved = source === 'recovered' && proof.verified === 'same';
  const {
    containers: [containersBefore, containersAfter],
    ports: [portsBefore, portsAfter],
  } = anatomy.counts;
  const said = () => <Phrase value={verdict} />;
  const isFilledIn = containersBefore === containersAfter;
  return (
    <div className="mb-4 max-w-prose-wide text-prose text-ink-2">
      <p>
        {isInjected
          ? t.rich(isFilledIn ? 'lead.filledIn' : 'lead.injected', {
              b: strong,
              containersBefore,
              containersAfter,
              portsBefore,
              portsAfter,
              verdict: said,
            })
          : t.rich('lead.nothing', { b: strong, verdict: said })}
      </p>
      <p>
        {t.rich(`source.${isProved ? 'proved' : source}`, {
          name: () => (
            <code className="break-words text-ink">{owner === undefined ? '' : `${owner.kind} ${owner.name}`}</code>
          ),
        })}
      </p>
    </div>
  );
}
