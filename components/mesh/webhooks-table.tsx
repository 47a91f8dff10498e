import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/shared/data-table';
import { EmptyState } from '@/components/shared/empty-state';
import { ExportMenu } from '@/components/shared/export-menu';
import { Phrase, usePhraseText } from '@/components/shared/phrase';
import { StateBadge } from '@/components/shared/state-badge';
import type { Column } from '@/components/shared/table-column';
import type { ControlPlane } from '@/lib/api/control-planes';
import { HEALTH_STATE } from './health-look';

type Row = ControlPlane['webhookConfigurations'][number] & { readonly revision: string };

function useColumns(): readonly Column<Row>[] {
  const t = useTranslations('controlPlanes.webhooks');
  const tHealth = useTranslations('controlPlanes.health');
  const phraseText = usePhraseText();
  return [
    {
      id: 'name',
      header: t('name'),
      width: '25%',
      cell: ({ name }) => <span className="mono font-medium">{name}</span>,
    },
    {
      id: 'revision',
      header: t('revision'),
      width: '136px',
      cell: ({ revision, tag }) => (
        <span className="mono">{tag === undefined || tag === revision ? revision : `${tag} → ${revision}`}</span>
      ),
    },
    {
      id: 'health',
      header: t('health'),
      cell: ({ health, because, isDeactivated, endpoints }) =>
        isDeactivated ? (
          <StateBadge state="not-injected">{t('deactivated')}</StateBadge>
        ) : (
          <span className="flex min-w-0 items-center gap-2" title={phraseText(because)}>
            <StateBadge state={HEALTH_STATE[health]}>{tHealth(health)}</StateBadge>
            <span className="min-w-0 truncate text-ink-2">
              {health === 'serving' && endpoints !== undefined ? (
                t('endpoints', { count: endpoints })
              ) : (
                <Phrase value={because} />
              )}
            </span>
          </span>
        ),
    },
    {
      id: 'target',
      header: t('target'),
      width: '23%',
      hideBelow: 'lg',
      cell: ({ target }) => <code title={target}>{target || '–'}</code>,
    },
    {
      id: 'policy',
      header: t('policy'),
      width: '92px',
      hideBelow: 'md',
      cell: ({ failurePolicy }) => <code>{failurePolicy}</code>,
    },
    { id: 'namespaces', header: t('namespaces'), width: '112px', align: 'end', cell: ({ namespaces }) => namespaces },
  ];
}

/** The webhook configurations: whom each serves and whether it answers. */
export function WebhooksTable({ planes }: { readonly planes: readonly ControlPlane[] }) {
  const t = useTranslations('controlPlanes.webhooks');
  const columns = useColumns();
  const rows = planes.flatMap(({ revision, webhookConfigurations }) =>
    webhookConfigurations.map((configuration) => ({ ...configuration, revision })),
  );
  return (
    <section id="webhook-configurations">
      <header className="mb-2 flex items-center">
        <h2 className="text-prose font-semibold">{t('title')}</h2>
        <div className="ml-auto">
          <ExportMenu
            fileName="webhook-configurations"
            rows={() =>
              rows.map(({ name, revision, tag, health, failurePolicy, target, namespaces, isDeactivated }) => ({
                name,
                revision,
                tag: tag ?? '',
                health,
                failurePolicy,
                target,
                namespaces,
                isDeactivated,
              }))
            }
          />
        </div>
      </header>
      <DataTable<Row>
        label={t('title')}
        columns={columns}
        rows={rows}
        rowId={({ name }) => name}
        minWidth={720}
        empty={<EmptyState title={t('none')}>{t('noneHint')}</EmptyState>}
      />
    </section>
  );
}
