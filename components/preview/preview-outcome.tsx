import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Facts } from '@/components/shared/facts';
import { Phrase } from '@/components/shared/phrase';
import { StateBadge } from '@/components/shared/state-badge';
import type { StateName } from '@/components/shared/state-names';
import type { PodPreviewAnswer } from '@/lib/api/preview';
import { Amounts } from './amounts';
import { RefusalList } from './refusal-list';
import { UsedInjectors } from './used-injectors';
import { WarningList } from './warning-list';

const STATE: Readonly<Record<PodPreviewAnswer['outcome'], StateName>> = {
  injected: 'planned',
  skipped: 'not-injected',
  refused: 'refused',
  unknown: 'unknown',
};
const strong = (chunks: ReactNode) => <strong className="font-semibold text-ink">{chunks}</strong>;

function useFacts({ row: { requests }, templates }: PodPreviewAnswer) {
  const t = useTranslations('preview');
  return [
    ...(requests === undefined
      ? []
      : [
          {
            label: t('requests.title'),
            value: t.rich('requests.sum', {
              replicas: requests.replicas,
              perPod: () => <Amounts value={requests.perPod} />,
              total: () => <Amounts value={requests.total} />,
            }),
          },
          { label: t('totals.adds'), value: <Amounts value={requests.adds} isSigned /> },
        ]),
    ...(templates.length === 0
      ? []
      : [
          {
            label: t('templates'),
            value: <span className="mono">{templates.join(', ')}</span>,
          },
        ]),
  ];
}

/** What the next pod would be, in a sentence; under which labels; who refuses it and why; what it requests. */
export function PreviewOutcome({ answer }: { readonly answer: PodPreviewAnswer }) {
  const t = useTranslations('preview.outcome');
  const { outcome, row, assumption, comparison, injector, notes } = answer;
  const facts = useFacts(answer);
  const { problem, refusals, warnings } = row;
  return (
    <div className="mb-5 flex flex-col gap-3">
      <div className="max-w-prose-wide text-prose text-ink-2">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <StateBadge state={STATE[outcome]}>{t(`word.${outcome}`)}</StateBadge>
          <span>
            <Phrase value={assumption.phrase} />
          </span>
        </p>
        <p className="mt-1">
          {outcome === 'injected' && comparison !== undefined
            ? t.rich('injected', {
                b: strong,
                containersBefore: comparison.anatomy.counts.containers[0],
                containersAfter: comparison.anatomy.counts.containers[1],
                portsBefore: comparison.anatomy.counts.ports[0],
                portsAfter: comparison.anatomy.counts.ports[1],
              })
            : t(outcome)}
          {refusals.length === 0 && (
            <>
              {' '}
              <Phrase value={row.because} />
            </>
          )}
        </p>
      </div>
      {problem !== undefined && <WarningList phrases={[problem]} />}
      {refusals.length > 0 && <RefusalList refusals={refusals} />}
      <WarningList phrases={warnings} />
      {facts.length > 0 && <Facts facts={facts} />}
      {injector !== undefined && <UsedInjectors injectors={[injector]} />}
      <WarningList phrases={notes} state="unknown" />
    </div>
  );
}
