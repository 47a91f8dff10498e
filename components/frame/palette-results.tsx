'use client';
import { Command } from 'cmdk';
import { useTranslations } from 'next-intl';
import { StateShape } from '@/components/shared/state-shape';
import type { SearchAnswer } from '@/lib/api/search';
import { toSearchGroups } from './to-search-groups';
import { useSearch } from './use-search';

interface PaletteResultsProps {
  readonly text: string;
  readonly onOpen: (href: string) => void;
}

type Found = SearchAnswer['items'][number];

function ResultRow({ item, onOpen }: { readonly item: Found; readonly onOpen: (href: string) => void }) {
  const { kind, name, namespace, href, state } = item;
  return (
    <Command.Item value={`${kind} ${href}`} className="palette-item" onSelect={() => onOpen(href)}>
      <span className="w-3.75 shrink-0">{state !== undefined && <StateShape state={state} />}</span>
      <span className="mono min-w-0 truncate">{name}</span>
      <span className="ml-auto flex shrink-0 items-center gap-2 pl-3 text-ink-3">
        {namespace !== undefined && <span className="mono">{namespace}</span>}
        <span>{kind}</span>
      </span>
    </Command.Item>
  );
}

/** What the cluster has under the typed name, by kind. */
export function PaletteResults({ text, onOpen }: PaletteResultsProps) {
  const t = useTranslations('frame');
  const found = useSearch(text);
  if (found === null) return null;
  if (found.status === 'loading') return <p className="skeleton px-2 py-1.5 text-ink-3">{t('palette.searching')}</p>;
  if (found.status === 'failed') {
    return <p className="px-2 py-1.5 text-state-missing">{t('palette.failed', { reason: found.error.message })}</p>;
  }
  const { items } = found.value;
  if (items.length === 0) return <p className="px-2 py-1.5 text-ink-2">{t('palette.none', { query: text.trim() })}</p>;
  return toSearchGroups(items).map(({ group, members }) => (
    <Command.Group key={group} heading={t(`kinds.${group}`)} className="palette-group">
      {members.map((item) => (
        <ResultRow key={`${item.kind} ${item.href}`} item={item} onOpen={onOpen} />
      ))}
    </Command.Group>
  ));
}
