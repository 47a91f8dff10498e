import { useTranslations } from 'next-intl';
import type { TruthTable } from '@/lib/api/namespace';

type Row = TruthTable['rows'][number];

function LabelValue({ value }: { readonly value: Row['injection'] }) {
  const t = useTranslations('namespace.truth');
  if (value.kind === 'value') return <code>{value.value}</code>;
  return <span className="text-ink-3">{t(value.kind)}</span>;
}

function Called({ cell }: { readonly cell: Row['cells'][number] }) {
  const t = useTranslations('namespace.truth');
  if (cell === null) return <span className="text-ink-3">{t('nobody')}</span>;
  return (
    <span className="mono text-state-injected" title={`${cell.configuration} · ${cell.webhook}`}>
      {cell.tag === undefined || cell.tag === cell.revision ? cell.revision : `${cell.tag} → ${cell.revision}`}
    </span>
  );
}

interface TruthTableViewProps {
  readonly table: TruthTable;
  /** False where the webhooks may not be read: an empty table would look like "nobody". */
  readonly isKnown: boolean;
}

/** Who would be called for every combination of labels, by this cluster's webhooks; today's row is marked. */
export function TruthTableView({ table, isKnown }: TruthTableViewProps) {
  const t = useTranslations('namespace.truth');
  const head = 'h-8 border-b border-line px-3 text-left font-medium text-ink-3';
  const cell = 'h-8 border-b border-line px-3';
  if (!isKnown) {
    return (
      <section className="mb-8">
        <h2 className="mb-1 text-prose font-semibold">{t('title')}</h2>
        <p className="text-ink-2">{t('blind')}</p>
      </section>
    );
  }
  return (
    <section className="mb-8">
      <h2 className="mb-1 text-prose font-semibold">{t('title')}</h2>
      <p className="mb-2 max-w-prose-wide text-ink-2">{t('hint')}</p>
      <div className="table-frame overflow-x-auto">
        <table className="table" style={{ minWidth: 720 }} aria-label={t('title')}>
          <thead>
            <tr>
              <th scope="col" className={head}>
                <code>istio-injection</code>
              </th>
              <th scope="col" className={head}>
                <code>istio.io/rev</code>
              </th>
              {table.columns.map(({ column, labels }) => (
                <th key={column} scope="col" className={head}>
                  {column === 'plain'
                    ? t('plain')
                    : Object.entries(labels).map(([key, value]) => (
                        <code key={key} title={`${key}=${value}`} className="whitespace-nowrap">
                          {key.replace('sidecar.istio.io/', '')}={value}
                        </code>
                      ))}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr
                key={JSON.stringify([row.injection, row.revision])}
                className={row.isToday ? 'bg-accent-bg' : ''}
                aria-current={row.isToday ? 'true' : undefined}
              >
                <td className={cell}>
                  <LabelValue value={row.injection} />
                </td>
                <td className={cell}>
                  <LabelValue value={row.revision} />
                  {row.isToday && <strong className="ml-3 font-medium text-accent">{t('today')}</strong>}
                </td>
                {row.cells.map((called, index) => (
                  <td key={table.columns[index]?.column ?? index} className={cell}>
                    <Called cell={called} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
