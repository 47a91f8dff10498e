'use client';
import { useTranslations } from 'next-intl';
import { Block } from '@/components/shared/block';
import { DataTable } from '@/components/shared/data-table';
import { EmptyState } from '@/components/shared/empty-state';
import { ExportMenu } from '@/components/shared/export-menu';
import { HowThisWorks } from '@/components/shared/how-this-works';
import { Phrase } from '@/components/shared/phrase';
import { TableSkeleton } from '@/components/shared/table-skeleton';
import { useResource } from '@/components/shared/use-resource';
import { type PodPortsAnswer, type PortRow, podPortsAnswerSchema } from '@/lib/api/pod-ports';
import { POD_KINDS, type TabProps } from './tab-props';
import { usePortColumns } from './use-port-columns';

function toExportRow({ port, protocol, process, container, bind, purpose, inbound, clashes }: PortRow) {
  return {
    port,
    protocol,
    process,
    container,
    bind,
    purpose: purpose.code,
    inbound: inbound?.kind ?? '',
    rule: inbound?.ruleText ?? '',
    clashes: clashes.map(({ kind }) => kind).join(' '),
  };
}

function Summary({ items, capture }: PodPortsAnswer) {
  const t = useTranslations('podPage.ports');
  const clashes = items.filter((row) => row.clashes.length > 0).length;
  return (
    <p className="min-w-0 flex-1 text-prose text-ink-2">
      {t.rich('summary', {
        b: (chunks) => <strong className="font-semibold text-ink">{chunks}</strong>,
        total: items.filter(({ endsEarly }) => endsEarly !== true).length,
        added: items.filter(({ isAdded }) => isAdded).length,
        outside: items.filter(({ reach }) => reach === 'wildcard').length,
      })}{' '}
      {clashes > 0 && <span className="text-state-refused">{t('clashes', { count: clashes })}</span>}{' '}
      <Phrase value={capture} />
    </p>
  );
}

/** Every listening port of the pod, one row each. */
export function PortsTab({ path, namespace, name }: TabProps) {
  const t = useTranslations('podPage.ports');
  const columns = usePortColumns();
  const data = useResource(`${path}/ports`, podPortsAnswerSchema, POD_KINDS, { namespace });
  return (
    <Block data={data} skeleton={<TableSkeleton columns={columns} rowCount={10} minWidth={820} />}>
      {(answer) => (
        <>
          <div className="mb-3 flex flex-wrap items-start gap-4">
            <Summary {...answer} />
            <ExportMenu
              fileName={`${name}-ports`}
              rows={() => answer.items.map(toExportRow)}
              json={() => answer.items}
            />
          </div>
          <HowThisWorks
            lines={[
              t('how.declared'),
              t('how.proxy'),
              t('how.agent'),
              t('how.captured'),
              t('how.looksOpen'),
              t('how.admin'),
            ]}
          />
          <DataTable<PortRow>
            label={t('label')}
            columns={columns}
            rows={answer.items}
            rowId={({ id }) => id}
            minWidth={820}
            empty={<EmptyState title={t('none')}>{t('noneHint')}</EmptyState>}
          />
        </>
      )}
    </Block>
  );
}
