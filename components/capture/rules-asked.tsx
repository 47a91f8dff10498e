import { Check, CircleHelp, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { TraceAnswer } from '@/lib/api/trace';

type Visit = TraceAnswer['visits'][number];

const SIGN = { yes: Check, no: X, unknown: CircleHelp } as const;

/** Folded: every rule that was asked about a packet, and at which condition it failed. */
export function RulesAsked({ visits }: { readonly visits: readonly Visit[] }) {
  const t = useTranslations('capture.tracer');
  const count = visits.reduce((sum, { tests }) => sum + tests.length, 0);
  if (visits.length === 0) return null;
  return (
    <details className="mt-1">
      <summary className="link w-fit cursor-pointer">{t('asked', { count })}</summary>
      <div className="mt-2 grid gap-2 overflow-x-auto">
        {visits.map((visit) => (
          <section key={`${visit.hook} ${visit.table}`} aria-label={`${visit.hook} ${visit.table}`}>
            <h3 className="text-ink-2">
              <code className="font-semibold text-ink">{visit.hook}</code> {visit.table}
              {visit.skipped !== undefined && `: ${t(`skipped.${visit.skipped}`)}`}
            </h3>
            <ol>
              {visit.tests.map((test, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a rule may be asked twice, and the list never changes its order
                <AskedRule key={`${test.id} ${index}`} test={test} />
              ))}
            </ol>
          </section>
        ))}
      </div>
    </details>
  );
}

function AskedRule({ test }: { readonly test: Visit['tests'][number] }) {
  const t = useTranslations('capture.tracer');
  const Sign = SIGN[test.answer];
  return (
    <li className="asked-rule" data-answer={test.answer}>
      <Sign size={13} aria-label={t(`test.${test.answer}`)} className="mt-0.5 shrink-0" />
      <code>
        <span className="text-ink-3">{test.chain} </span>
        {test.text}
      </code>
      {test.failed !== undefined && (
        <span className="ml-auto whitespace-nowrap text-ink-3">
          {t(`failed.${test.answer === 'unknown' ? 'unknown' : 'no'}`)} <code>{test.failed}</code>
        </span>
      )}
    </li>
  );
}
