'use client';
import './change-list.css';
import { useTranslations } from 'next-intl';
import { EmptyState } from '@/components/shared/empty-state';
import { FilterChip } from '@/components/shared/filter-chip';
import { usePhraseText } from '@/components/shared/phrase';
import { RowCount } from '@/components/shared/row-count';
import { SearchBox } from '@/components/shared/search-box';
import type { PodChange } from '@/lib/api/pod-diff';
import { ChangeGroup } from './change-group';
import { filterChanges, groupChanges, splitByOrigin } from './filter-changes';
import { useChangeFilter } from './use-change-filter';

/** Every difference, grouped; what every pod of a cluster gets stands apart and folded. */
export function ChangeList({ changes }: { readonly changes: readonly PodChange[] }) {
  const t = useTranslations('pod.beforeAfter');
  const toText = usePhraseText();
  const { filter, isClusterShown, kinds, setSearch, toggleKind, showCluster, clear } = useChangeFilter();
  const found = filterChanges(
    changes,
    filter,
    ({ because, originLabel }) => `${toText(because)} ${toText(originLabel)}`,
  );
  const { own, byCluster } = splitByOrigin(found);
  const isSearched = filter.search.trim() !== '' || filter.kinds.length > 0;
  const all = splitByOrigin(changes);
  const present = kinds.filter((kind) => changes.some((change) => change.kind === kind));
  return (
    <div>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <SearchBox label={t('list.search')} value={filter.search} onChange={setSearch} />
        {present.map((kind) => (
          <FilterChip key={kind} isOn={filter.kinds.includes(kind)} onToggle={() => toggleKind(kind)}>
            {t(`list.kind.${kind}`)}
          </FilterChip>
        ))}
        <span className="ml-auto">
          <RowCount shown={own.length} total={all.own.length} />
        </span>
      </div>
      {own.length > 0 && (
        <div className="change-list">
          {groupChanges(own).map((view) => (
            <ChangeGroup key={view.group} view={view} isSearched={isSearched} />
          ))}
        </div>
      )}
      {own.length === 0 && (
        <EmptyState
          title={t(all.own.length === 0 ? 'list.nothing' : 'list.none')}
          action={
            all.own.length > 0 && (
              <button type="button" className="button" onClick={clear}>
                {t('list.clear')}
              </button>
            )
          }
        >
          {all.own.length === 0 ? t('list.nothingHint') : undefined}
        </EmptyState>
      )}
      {all.byCluster.length > 0 && (
        <section className="mt-4">
          <button
            type="button"
            className="link"
            aria-expanded={isClusterShown}
            onClick={() => showCluster(!isClusterShown)}
          >
            {t(isClusterShown ? 'list.hideCluster' : 'list.showCluster', { count: byCluster.length })}
          </button>
          <p className="text-sm text-ink-3">{t('list.clusterHint')}</p>
          {isClusterShown && byCluster.length > 0 && (
            <div className="change-list mt-2">
              {groupChanges(byCluster).map((view) => (
                <ChangeGroup key={view.group} view={view} isSearched={isSearched} />
              ))}
            </div>
          )}
        </section>
      )}
    </div>
  );
}
