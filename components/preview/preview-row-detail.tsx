import { ExternalLink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Phrase } from '@/components/shared/phrase';
import type { PreviewRow } from '@/lib/api/preview';
import { Amounts } from './amounts';
import { ArrivingContainers } from './arriving-containers';
import { RefusalList } from './refusal-list';
import { WarningList } from './warning-list';

function Part({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <h4 className="mb-1 text-sm font-medium text-ink-3">{title}</h4>
      {children}
    </div>
  );
}

function Requests({ requests }: { readonly requests: NonNullable<PreviewRow['requests']> }) {
  const t = useTranslations('preview.requests');
  const { perPod, replicas, total, adds } = requests;
  return (
    <Part title={t('title')}>
      <p>
        {t.rich('sum', { replicas, perPod: () => <Amounts value={perPod} />, total: () => <Amounts value={total} /> })}
      </p>
      <p className="text-ink-2">{t.rich('adds', { adds: () => <Amounts value={adds} isSigned /> })}</p>
    </Part>
  );
}

/** One workload in full: why, who refuses, what arrives, what it requests, and the way to its before and after. */
export function PreviewRowDetail({ row, href }: { readonly row: PreviewRow; readonly href: string }) {
  const t = useTranslations('preview.row');
  const { because, problem, refusals, warnings, containers, requests, rendering } = row;
  return (
    <div className="flex flex-col gap-3 py-3">
      {(refusals.length > 0 || problem !== undefined) && (
        <p className="break-words text-ink-2">
          <Phrase value={because} />
        </p>
      )}
      {problem !== undefined && <WarningList phrases={[problem]} />}
      {refusals.length > 0 && <RefusalList refusals={refusals} />}
      <WarningList phrases={warnings} />
      {rendering === 'rendered' && (
        <div className="grid gap-x-8 gap-y-3 sm:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)]">
          <Part title={t('arrives')}>
            <ArrivingContainers containers={containers} />
          </Part>
          {requests !== undefined && <Requests requests={requests} />}
        </div>
      )}
      <p>
        <a href={href} target="_blank" rel="noreferrer" className="link inline-flex items-center gap-1.5">
          {t('open')}
          <ExternalLink aria-hidden="true" size={12} />
          <span className="sr-only">{t('newTab')}</span>
        </a>
      </p>
    </div>
  );
}
