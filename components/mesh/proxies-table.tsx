import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/shared/data-table';
import { StateBadge } from '@/components/shared/state-badge';
import type { Column } from '@/components/shared/table-column';
import type { ControlPlane } from '@/lib/api/control-planes';

interface VersionRow {
  readonly revision: string;
  readonly version: string;
  readonly planeVersion: string;
  readonly count: number;
}

/** What stands for the version of an image without a tag. */
const UNKNOWN = '–';

/** How many proxies of each version every revision serves. */
export function ProxiesTable({ planes }: { readonly planes: readonly ControlPlane[] }) {
  const t = useTranslations('controlPlanes.proxies');
  const rows = planes.flatMap(({ revision, version: planeVersion, proxies }) =>
    proxies.byVersion.map(({ version, count }) => ({ revision, version, planeVersion, count })),
  );
  const columns: readonly Column<VersionRow>[] = [
    { id: 'revision', header: t('revision'), width: '26%', cell: ({ revision }) => <code>{revision}</code> },
    { id: 'version', header: t('version'), cell: ({ version }) => <code title={version}>{version}</code> },
    {
      id: 'same',
      header: t('plane'),
      width: '34%',
      cell: ({ version, planeVersion }) =>
        version === UNKNOWN || planeVersion === '' ? (
          <StateBadge state="unknown">{t('unknown')}</StateBadge>
        ) : version === planeVersion ? (
          <StateBadge state="injected">{t('same')}</StateBadge>
        ) : (
          <StateBadge state="outdated">{t('other', { version: planeVersion })}</StateBadge>
        ),
    },
    { id: 'count', header: t('count'), width: '76px', align: 'end', cell: ({ count }) => count },
  ];
  return (
    <section>
      <h2 className="mb-2 text-prose font-semibold">{t('title')}</h2>
      <DataTable<VersionRow>
        label={t('title')}
        columns={columns}
        rows={rows}
        rowId={({ revision, version }) => `${revision} ${version}`}
        minWidth={400}
        empty={<p className="text-ink-2">{t('none')}</p>}
      />
    </section>
  );
}
