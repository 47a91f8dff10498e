'use client';
import { CircleCheck, CircleHelp, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Phrase } from '@/components/shared/phrase';
import type { Rendering } from '@/lib/api/workload';

const LOOK = {
  same: { icon: CircleCheck, ink: 'text-state-injected' },
  rendered: { icon: CircleCheck, ink: 'text-state-injected' },
  differs: { icon: TriangleAlert, ink: 'text-state-outdated' },
  unchecked: { icon: CircleHelp, ink: 'text-state-unknown' },
} as const;
const SHOWN_AT_FIRST = 12;

type Difference = Extract<Rendering, { kind: 'differs' }>['differences'][number];

function Side({ text, className }: { readonly text: string | undefined; readonly className: string }) {
  const t = useTranslations('verdict.reality');
  if (text === undefined) return <span className="text-ink-3">{t('absent')}</span>;
  return <code className={`break-all whitespace-pre-wrap ${className}`}>{text}</code>;
}

function Differences({ differences }: { readonly differences: readonly Difference[] }) {
  const t = useTranslations('verdict.reality');
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? differences : differences.slice(0, SHOWN_AT_FIRST);
  const head = 'h-8 border-b border-line px-3 text-left font-medium text-ink-3';
  const cell = 'border-b border-line px-3 py-1.5 align-top';
  return (
    <>
      <div className="table-frame mt-2 overflow-x-auto">
        <table className="table table-fixed" style={{ minWidth: 320 }} aria-label={t('title')}>
          <colgroup>
            <col className="w-1/2" />
            <col className="w-1/4" />
            <col className="w-1/4" />
          </colgroup>
          <thead>
            <tr>
              <th scope="col" className={head}>
                {t('field')}
              </th>
              <th scope="col" className={head}>
                {t('running')}
              </th>
              <th scope="col" className={head}>
                {t('wanted')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ path, running, wanted }) => (
              <tr key={path}>
                <th scope="row" className={`${cell} text-left font-normal`}>
                  <code className="break-all">{path}</code>
                </th>
                <td className={cell}>
                  <Side text={running} className="text-ink-2" />
                </td>
                <td className={cell}>
                  <Side text={wanted} className="" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {differences.length > shown.length && (
        <button type="button" className="link mt-2" onClick={() => setIsWhole(true)}>
          {t('more', { count: differences.length - shown.length })}
        </button>
      )}
    </>
  );
}

/** What came of rendering the pod now with the cluster's own template: the same, or what differs field by field. */
export function RealityCheck({ rendering }: { readonly rendering: Rendering }) {
  const t = useTranslations('verdict.reality');
  // The gate that closed tells why, in full.
  if (rendering.kind === 'refused') return null;
  const { icon: Icon, ink } = LOOK[rendering.kind];
  return (
    <section className="mt-6">
      <h2 className="mb-1 text-prose font-semibold">{t('title')}</h2>
      <p className="flex items-baseline gap-2">
        <Icon aria-hidden="true" size={14} className={`shrink-0 translate-y-0.5 ${ink}`} />
        <span className="min-w-0">
          {rendering.kind === 'differs'
            ? t('differs', { count: rendering.differences.length })
            : rendering.kind === 'unchecked'
              ? t('unchecked')
              : t(rendering.kind)}{' '}
          {rendering.kind === 'unchecked' && <Phrase value={rendering.because} />}
        </span>
      </p>
      {rendering.kind === 'differs' && <Differences differences={rendering.differences} />}
    </section>
  );
}
