import { useTranslations } from 'next-intl';
import { StateBadge } from '@/components/shared/state-badge';
import type { NamespaceMode } from '@/lib/api/namespaces';
import { toModeState } from './mode-state';

/** What a namespace's labels mean, in a word; the label beside it where it is not what does the work. */
export function ModeBadge({ mode, hasLabel = false }: { readonly mode: NamespaceMode; readonly hasLabel?: boolean }) {
  const t = useTranslations('namespaces.mode');
  const { word, state } = toModeState(mode);
  const isTelling = mode.kind === 'off' && mode.label !== '';
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-2">
      <StateBadge state={state}>{t(word)}</StateBadge>
      {(hasLabel || isTelling) && mode.label !== '' && <code className="truncate text-ink-3">{mode.label}</code>}
    </span>
  );
}

/** The revision that answers, with the tag that leads to it ("prod → 1-10-2"). */
export function ServedBy({ mode }: { readonly mode: NamespaceMode }) {
  const t = useTranslations('namespaces.mode');
  if (mode.servedBy === null) {
    return <span className="text-ink-3">{t(mode.kind === 'unknown' ? 'unknown' : 'nobody')}</span>;
  }
  const { tag, revision } = mode.servedBy;
  return <span className="mono">{tag === undefined || tag === revision ? revision : `${tag} → ${revision}`}</span>;
}
