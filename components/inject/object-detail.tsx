'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { IsPlanned } from '@/components/pod/before-after/after-word';
import { BeforeAfterView } from '@/components/pod/before-after/before-after-view';
import { Phrase } from '@/components/shared/phrase';
import type { InjectedObject, InjectedPart } from '@/lib/api/inject';
import { PartsView } from './parts-view';

const strong = (chunks: ReactNode) => <strong className="font-semibold text-ink">{chunks}</strong>;

/** The pod that an object would make, before and after injection. */
export function ObjectDetail({ object }: { readonly object: InjectedObject }) {
  const t = useTranslations('inject.detail');
  const { objectKind, name, comparison, parts = [] } = object;
  if (comparison === undefined) return null;
  const { containers, ports } = comparison.anatomy.counts;
  return (
    <section aria-labelledby="inject-detail" className="mt-6">
      <h2 id="inject-detail" className="mb-1 text-lead font-semibold tracking-tight">
        <span className="text-prose font-medium tracking-normal text-ink-3">{objectKind}</span>{' '}
        <span className="mono tracking-normal">{name}</span>
      </h2>
      <IsPlanned value={true}>
        <BeforeAfterView
          answer={comparison}
          pod={name}
          {...(parts.length === 0 ? {} : { parts: toEvidence(object, parts, comparison.yaml.asRuns) })}
          lead={
            <p className="mb-4 max-w-prose-wide text-prose text-ink-2">
              {t.rich('lead', {
                b: strong,
                containersBefore: containers[0],
                containersAfter: containers[1],
                portsBefore: ports[0],
                portsAfter: ports[1],
                verdict: () => <Phrase value={comparison.verdict} />,
              })}
            </p>
          }
        />
      </IsPlanned>
    </section>
  );
}

/** What the engine knows of each part; it takes the place of what can be told from both pods alone. */
function toEvidence({ number, namespace, name }: InjectedObject, parts: readonly InjectedPart[], yaml: string) {
  return {
    list: <PartsView key={`${number} ${namespace} ${name}`} parts={parts} yaml={yaml} />,
    rows: () =>
      parts.map(({ path, change, origin, annotations, values, lines }) => ({
        path,
        change,
        origin: origin.code,
        annotations: annotations.join(' '),
        values: values.join(' '),
        firstLine: lines?.first ?? '',
        lastLine: lines?.last ?? '',
      })),
    json: parts,
  };
}
