'use client';
import { BadgeCheck, Calculator, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Tooltip } from '@/components/shared/tooltip';
import type { CaptureEvidenceAnswer } from '@/lib/api/capture-evidence';

const ICON = { verified: BadgeCheck, different: TriangleAlert, computed: Calculator } as const;
const TONE = { verified: 'text-state-injected', different: 'text-state-refused', computed: 'text-ink-2' } as const;

/** One word about it beside the verdict; the reason on hover or focus. */
export function EvidenceMark({ evidence }: { readonly evidence: CaptureEvidenceAnswer | null }) {
  const t = useTranslations('capture.evidence');
  if (evidence === null || evidence.kind === 'none') return null;
  const Icon = ICON[evidence.kind];
  const reason = evidence.kind === 'computed' ? t(`because.${evidence.because ?? 'no-log'}`) : t(`${evidence.kind}Why`);
  return (
    <Tooltip content={reason} opensOnPress>
      <button type="button" className={`inline-flex items-center gap-1.5 ${TONE[evidence.kind]}`}>
        <Icon aria-hidden="true" size={14} />
        {t(evidence.kind)}
      </button>
    </Tooltip>
  );
}

/** Where the log has other rules than those shown. */
export function EvidenceDifferences({ evidence }: { readonly evidence: CaptureEvidenceAnswer | null }) {
  const t = useTranslations('capture.evidence');
  if (evidence?.kind !== 'different') return null;
  return (
    <section className="rounded-md border border-line-2 bg-panel p-3" aria-label={t('differences')}>
      <h2 className="text-prose font-semibold text-state-refused">{t('differences')}</h2>
      <ul className="mt-1 grid gap-1">
        {evidence.errors.map((error) => (
          <li key={error}>
            <code className="break-words text-state-refused">{error}</code>
          </li>
        ))}
        {evidence.families.flatMap(({ family, differences, unread }) => [
          ...differences.map(({ kind, table, chain, text }) => (
            <li key={`${family} ${kind} ${table} ${chain} ${text}`}>
              {t(`kind.${kind}`)}{' '}
              <code className="break-words">
                {table} -A {chain} {text}
              </code>
            </li>
          )),
          ...unread.map((line) => (
            <li key={`${family} ${line}`}>
              {t('unread')} <code className="break-words">{line}</code>
            </li>
          )),
        ])}
      </ul>
    </section>
  );
}
