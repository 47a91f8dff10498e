import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/shared/data-table';
import { EmptyState } from '@/components/shared/empty-state';
import { ExportMenu } from '@/components/shared/export-menu';
import type { Column } from '@/components/shared/table-column';
import type { GatewayWorkload } from '@/lib/api/control-planes';
import { workloadHref } from '@/lib/api/hrefs';

/** Workloads whose pods are Envoy alone. */
export function GatewaysTable({ gateways }: { readonly gateways: readonly GatewayWorkload[] }) {
  const t = useTranslations('controlPlanes.gateways');
  const columns: readonly Column<GatewayWorkload>[] = [
    {
      id: 'name',
      header: t('name'),
      cell: ({ kind, namespace, name }) => (
        <Link href={workloadHref(namespace, kind, name)} className="mono font-medium hover:underline" prefetch={false}>
          {namespace}/{name}
        </Link>
      ),
    },
    { id: 'pods', header: t('pods'), width: '128px', cell: ({ ready, pods }) => t('ready', { ready, pods }) },
    {
      id: 'revision',
      header: t('revision'),
      width: '152px',
      cell: ({ revision }) => <span className="mono">{revision || '–'}</span>,
    },
    {
      id: 'version',
      header: t('version'),
      width: '152px',
      cell: ({ version }) => <span className="mono">{version || '–'}</span>,
    },
  ];
  return (
    <section id="gateways">
      <header className="mb-2 flex items-center">
        <h2 className="text-prose font-semibold">{t('title')}</h2>
        <div className="ml-auto">
          <ExportMenu fileName="gateways" rows={() => gateways} />
        </div>
      </header>
      <DataTable<GatewayWorkload>
        label={t('title')}
        columns={columns}
        rows={gateways}
        rowId={({ namespace, kind, name }) => `${namespace}/${kind}/${name}`}
        empty={<EmptyState title={t('none')}>{t('noneHint')}</EmptyState>}
      />
    </section>
  );
}
