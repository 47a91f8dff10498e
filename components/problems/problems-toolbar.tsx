import { ChevronsDownUp, ChevronsUpDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { FilterChip } from '@/components/shared/filter-chip';
import { RowCount } from '@/components/shared/row-count';
import { SearchBox } from '@/components/shared/search-box';
import { StateShape } from '@/components/shared/state-shape';
import type { ProblemsAnswer } from '@/lib/api/problems';
import { type ProblemFilters, SEVERITIES, SEVERITY_SHAPE } from './problem-filters';
import { ProblemsExport } from './problems-export';

interface ProblemsToolbarProps {
  readonly filters: ProblemFilters;
  readonly onFilters: (change: Partial<ProblemFilters>) => void;
  readonly answer: ProblemsAnswer | undefined;
  readonly isAllOpen: boolean;
  readonly onToggleAll: () => void;
}

/** Search, filters, the count of objects and the files. */
export function ProblemsToolbar({ filters, onFilters, answer, isAllOpen, onToggleAll }: ProblemsToolbarProps) {
  const t = useTranslations('problems');
  const namespaces = new Set(answer?.summary.namespaces ?? []);
  if (filters.namespace !== null) namespaces.add(filters.namespace);
  const Fold = isAllOpen ? ChevronsDownUp : ChevronsUpDown;
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <SearchBox label={t('search')} value={filters.q} onChange={(q) => onFilters({ q })} />
      {SEVERITIES.map((severity) => (
        <FilterChip
          key={severity}
          isOn={filters.severity === severity}
          onToggle={() => onFilters({ severity: filters.severity === severity ? null : severity })}
        >
          <StateShape state={SEVERITY_SHAPE[severity]} />
          {t(`severity.${severity}`)}
          {answer !== undefined && <span className="text-ink-3">{answer.summary.severities[severity]}</span>}
        </FilterChip>
      ))}
      <select
        aria-label={t('namespace.label')}
        className={`field max-w-52 ${filters.namespace === null ? '' : 'border-accent text-accent'}`}
        value={filters.namespace ?? ''}
        onChange={({ target }) => onFilters({ namespace: target.value === '' ? null : target.value })}
      >
        <option value="">{t('namespace.all', { count: answer?.summary.namespaces.length ?? 0 })}</option>
        {[...namespaces].sort().map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <div className="ml-auto flex flex-wrap items-center gap-2">
        {answer !== undefined && <RowCount shown={answer.list.total} total={answer.list.all} />}
        <button type="button" className="button" onClick={onToggleAll}>
          <Fold aria-hidden="true" size={14} />
          {t(isAllOpen ? 'foldAll' : 'unfoldAll')}
        </button>
        <ProblemsExport filters={filters} />
      </div>
    </div>
  );
}
