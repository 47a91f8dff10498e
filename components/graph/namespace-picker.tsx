'use client';
import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { Checkbox } from '@/components/shared/checkbox';

const MAX_SHOWN = 200;

interface NamespacePickerProps {
  readonly all: readonly string[];
  readonly chosen: readonly string[];
  /** Empty draws all. */
  readonly onChange: (names: readonly string[]) => void;
}

/** Chooses the namespaces that are drawn. */
export function NamespacePicker({ all, chosen, onChange }: NamespacePickerProps) {
  const t = useTranslations('graph.namespaces');
  const [search, setSearch] = useState('');
  const picked = new Set(chosen);
  const found = all.filter((name) => name.includes(search.trim().toLowerCase()));
  const inOrder = [...found.filter((name) => picked.has(name)), ...found.filter((name) => !picked.has(name))];
  const toggle = (name: string) => {
    const next = new Set(picked);
    if (!next.delete(name)) next.add(name);
    onChange([...next].sort());
  };
  return (
    <Popover.Root onOpenChange={() => setSearch('')}>
      <Popover.Trigger asChild>
        <button type="button" className="button max-w-72">
          <span className="truncate">
            {chosen.length === 0
              ? t('all', { count: all.length })
              : chosen.length <= 2
                ? chosen.join(', ')
                : t('some', { count: chosen.length, total: all.length })}
          </span>
          <ChevronDown aria-hidden="true" size={14} className="shrink-0" />
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={t('label')}
          className="z-50 flex max-h-[min(28rem,var(--radix-popover-content-available-height))] w-72 flex-col gap-2 rounded-md border border-line bg-panel p-2 shadow-float"
        >
          <input
            type="search"
            aria-label={t('search')}
            placeholder={t('search')}
            value={search}
            onChange={({ target }) => setSearch(target.value)}
            className="field w-full shrink-0"
          />
          <ul className="min-h-0 overflow-y-auto">
            {inOrder.slice(0, MAX_SHOWN).map((name) => (
              <li key={name} className="flex min-h-7 items-center gap-1 rounded-sm px-1 hover:bg-hover">
                <span className="mono min-w-0 flex-1 truncate">
                  <Checkbox label={name} isLabelShown isChecked={picked.has(name)} onChange={() => toggle(name)} />
                </span>
                <button type="button" className="link shrink-0 text-sm" onClick={() => onChange([name])}>
                  <span aria-hidden="true">{t('only')}</span>
                  <span className="sr-only">{t('onlyName', { name })}</span>
                </button>
              </li>
            ))}
          </ul>
          {inOrder.length > MAX_SHOWN && (
            <p className="text-sm text-ink-3">{t('more', { count: inOrder.length - MAX_SHOWN })}</p>
          )}
          {inOrder.length === 0 && <p className="px-1 text-ink-2">{t('none', { search })}</p>}
          {chosen.length > 0 && (
            <button type="button" className="button shrink-0 justify-center" onClick={() => onChange([])}>
              {t('showAll')}
            </button>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
