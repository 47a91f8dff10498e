'use client';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { RowCount } from '@/components/shared/row-count';
import { SearchBox } from '@/components/shared/search-box';
import { GraphExport } from './graph-export';
import { HideBox } from './hide-box';
import { NamespacePicker } from './namespace-picker';
import type { Arranged } from './use-graph-layout';
import type { useGraphQuery } from './use-graph-query';
import { ViewSwitch } from './view-switch';

interface GraphToolbarProps {
  readonly query: ReturnType<typeof useGraphQuery>[0];
  readonly setQuery: ReturnType<typeof useGraphQuery>[1];
  readonly namespaces: readonly string[];
  readonly focusName: string | undefined;
  readonly shown: number;
  readonly total: number;
  readonly arranged: Arranged | undefined;
  /** Goes to the next node that the search found. */
  readonly onNext: () => void;
}

/** Which part of the mesh, and how it is shown. */
export function GraphToolbar(props: GraphToolbarProps) {
  const { query, setQuery, namespaces, focusName, shown, total, arranged, onNext } = props;
  const t = useTranslations('graph');
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <NamespacePicker
        all={namespaces}
        chosen={query.namespaces}
        onChange={(names) =>
          void setQuery({ namespaces: names.length === 0 ? null : [...names], focus: null, sel: null })
        }
      />
      <search
        onKeyDown={(event) => {
          if (event.key === 'Enter') onNext();
        }}
      >
        <SearchBox label={t('find')} value={query.find} onChange={(text) => void setQuery({ find: text || null })} />
      </search>
      <HideBox value={query.hide} onChange={(text) => void setQuery({ hide: text || null })} />
      {focusName !== undefined && (
        <button
          type="button"
          className="inline-flex h-7 max-w-72 items-center gap-1.5 rounded-md border border-accent bg-accent-bg px-2.5 text-accent"
          onClick={() => void setQuery({ focus: null })}
        >
          <span className="truncate">{t('focused', { name: focusName })}</span>
          <X aria-hidden="true" size={12} className="shrink-0" />
        </button>
      )}
      <div className="ml-auto flex flex-wrap items-center gap-2">
        <RowCount shown={shown} total={total} />
        <ViewSwitch view={query.view} onChange={(view) => void setQuery({ view: view === 'picture' ? null : view })} />
        {arranged !== undefined && <GraphExport arranged={arranged} />}
      </div>
    </div>
  );
}
