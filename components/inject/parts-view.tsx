'use client';
import './parts.css';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useState } from 'react';
import { useChangeFilter } from '@/components/pod/before-after/use-change-filter';
import { announce } from '@/components/shared/announce';
import { FilterChip } from '@/components/shared/filter-chip';
import { usePhraseText } from '@/components/shared/phrase';
import { RowCount } from '@/components/shared/row-count';
import { SearchBox } from '@/components/shared/search-box';
import type { InjectedPart } from '@/lib/api/inject';
import { groupParts, restOf } from './group-parts';
import { PartRow } from './part-row';
import { YamlLines } from './yaml-lines';

interface PartsViewProps {
  readonly parts: readonly InjectedPart[];
  /** The pod after injection. */
  readonly yaml: string;
}

/** Every part that injection touched and why, beside the pod that it made; a part shows its lines there. */
export function PartsView({ parts, yaml }: PartsViewProps) {
  const t = useTranslations('inject.parts');
  const toText = usePhraseText();
  const kindName = useTranslations('pod.beforeAfter.list.kind');
  const { filter, kinds, setSearch, toggleKind } = useChangeFilter();
  const [selected, setSelected] = useState<string>();
  const search = filter.search.trim().toLowerCase();
  const found = parts.filter(
    (each) =>
      (filter.kinds.length === 0 || filter.kinds.includes(each.change)) &&
      wordsOf(each, toText(each.origin)).includes(search),
  );
  const present = kinds.filter((kind) => parts.some(({ change }) => change === kind));
  const part = found.find(({ path }) => path === selected);
  const select = (next: InjectedPart) => {
    setSelected(next.path);
    const { lines } = next;
    announce(lines === undefined ? t('noLines') : t('lines', { first: lines.first, last: lines.last }));
  };
  return (
    <section aria-labelledby="inject-parts">
      <h3 id="inject-parts" className="text-prose font-semibold">
        {t('title')}
      </h3>
      <p className="mb-2 max-w-prose-wide text-ink-2">
        {t('lead')}{' '}
        {parts.every(({ values, annotations }) => values.length + annotations.length === 0) && t('untraced')}
      </p>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <SearchBox label={t('search')} value={filter.search} onChange={setSearch} />
        {present.map((kind) => (
          <FilterChip key={kind} isOn={filter.kinds.includes(kind)} onToggle={() => toggleKind(kind)}>
            {kindName(kind)}
          </FilterChip>
        ))}
        <span className="ml-auto">
          <RowCount shown={found.length} total={parts.length} />
        </span>
      </div>
      <div className="part-panes">
        <div className="part-list">
          {found.length === 0 && <p className="px-3 py-2 text-ink-2">{t('none')}</p>}
          {groupParts(found).map(({ place, parts: members }) => (
            <section key={place} aria-label={place}>
              <h4 className="part-place mono">{place}</h4>
              <ul>
                {members.map((each) => (
                  <PartRow
                    key={each.path}
                    part={each}
                    label={restOf(each.path, place)}
                    isSelected={each === part}
                    onSelect={() => select(each)}
                    onKeyDown={moveFocus}
                  />
                ))}
              </ul>
            </section>
          ))}
        </div>
        <YamlLines yaml={yaml} part={part} />
      </div>
    </section>
  );
}

function wordsOf({ path, annotations, values }: InjectedPart, origin: string): string {
  return [path, origin, ...annotations, ...values].join(' ').toLowerCase();
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Arrow keys go from part to part and show each. */
function moveFocus(event: KeyboardEvent<HTMLButtonElement>): void {
  const step = STEPS[event.key];
  if (step === undefined) return;
  const row = event.currentTarget;
  const rows = [...(row.closest('.part-list')?.querySelectorAll<HTMLButtonElement>('[data-part]') ?? [])];
  const next = rows[rows.indexOf(row) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
  next.click();
}
