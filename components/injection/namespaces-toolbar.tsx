import { useTranslations } from 'next-intl';
import { ExportMenu } from '@/components/shared/export-menu';
import { FilterChip } from '@/components/shared/filter-chip';
import { Menu } from '@/components/shared/menu';
import { RowCount } from '@/components/shared/row-count';
import { SearchBox } from '@/components/shared/search-box';
import type { NamespaceRow, NamespacesAnswer } from '@/lib/api/namespaces';

const MODES = ['sidecar', 'off', 'ambient'] as const;

/** States that a namespace can be asked for; each that one of its pods may be in. */
export const POD_STATE_FILTERS = [
  'injected',
  'outdated',
  'missing',
  'refused',
  'not-injected',
  'ambient',
  'unknown',
] as const;

export interface NamespaceFilters {
  readonly mode: 'sidecar' | 'off' | 'ambient' | 'unknown' | null;
  readonly revision: string | null;
  readonly state: (typeof POD_STATE_FILTERS)[number] | null;
  readonly problems: boolean;
}

interface NamespacesToolbarProps {
  readonly search: string;
  readonly onSearch: (text: string) => void;
  readonly filters: NamespaceFilters;
  readonly onFilters: (change: Partial<NamespaceFilters>) => void;
  readonly answer: NamespacesAnswer | undefined;
}

function toExportRow({ name, mode, counts, problems, workloads, createdAt }: NamespaceRow) {
  return {
    namespace: name,
    mode: mode.kind,
    label: mode.label,
    revision: mode.servedBy?.revision ?? '',
    tag: mode.servedBy?.tag ?? '',
    ...counts,
    problems: problems.map(({ cause }) => cause).join(' '),
    workloads,
    createdAt,
  };
}

/** Search, filters, the count and the export of the namespaces list. */
export function NamespacesToolbar({ search, onSearch, filters, onFilters, answer }: NamespacesToolbarProps) {
  const t = useTranslations('namespaces');
  const tState = useTranslations('shared.state');
  const revisions = answer?.revisions ?? [];
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <SearchBox label={t('search')} value={search} onChange={onSearch} />
      {MODES.map((mode) => (
        <FilterChip
          key={mode}
          isOn={filters.mode === mode}
          onToggle={() => onFilters({ mode: filters.mode === mode ? null : mode })}
        >
          {t(`mode.${mode}`)}
        </FilterChip>
      ))}
      {revisions.length > 1 && filters.revision === null && (
        <Menu
          trigger={
            <button
              type="button"
              className="inline-flex h-7 items-center rounded-md border border-dashed border-line-2 px-2.5 whitespace-nowrap text-ink-2 hover:border-edge hover:text-ink"
            >
              {t('filter.revision')}
            </button>
          }
          items={revisions.map((revision) => ({
            id: revision,
            label: <code>{revision}</code>,
            onSelect: () => onFilters({ revision }),
          }))}
        />
      )}
      {filters.revision !== null && (
        <FilterChip isOn onToggle={() => onFilters({ revision: null })}>
          {t('filter.revisionIs', { revision: filters.revision })}
        </FilterChip>
      )}
      {filters.state !== null && (
        <FilterChip isOn onToggle={() => onFilters({ state: null })}>
          {t('filter.stateIs', { state: tState(filters.state) })}
        </FilterChip>
      )}
      <FilterChip isOn={filters.problems} onToggle={() => onFilters({ problems: !filters.problems })}>
        {t('filter.problems')}
      </FilterChip>
      <div className="ml-auto flex items-center gap-3">
        {answer !== undefined && <RowCount shown={answer.list.total} total={answer.list.all} />}
        {answer !== undefined && (
          <ExportMenu fileName="namespaces" rows={() => answer.items.map(toExportRow)} json={() => answer.items} />
        )}
      </div>
    </div>
  );
}
