'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { IsPlanned } from '@/components/pod/before-after/after-word';
import { BeforeAfterView } from '@/components/pod/before-after/before-after-view';
import { Phrase } from '@/components/shared/phrase';
import type { InjectedObject } from '@/lib/api/inject';
import { toEvidence } from './to-evidence';

const strong = (chunks: ReactNode) => <strong className="font-semibold text-ink">{chunks}</strong>;

/** The pod that an object would make, before and after injection. */
export function ObjectDetail({ object }: { readonly object: InjectedObject }) {
  const t = useTranslations('inject.detail');
  const { number, namespace, objectKind, name, comparison, parts = [] } = object;
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
          {...(parts.length === 0
            ? {}
            : { parts: toEvidence(`${number} ${namespace} ${name}`, parts, comparison.yaml.asRuns) })}
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
