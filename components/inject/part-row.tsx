import { useTranslations } from 'next-intl';
import type { KeyboardEventHandler } from 'react';
import { MarkSign } from '@/components/pod/before-after/mark-sign';
import { Phrase } from '@/components/shared/phrase';
import type { InjectedPart } from '@/lib/api/inject';

interface PartRowProps {
  readonly part: InjectedPart;
  readonly label: string;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
  readonly onKeyDown: KeyboardEventHandler<HTMLButtonElement>;
}

/** One part: its place, which stage made it, and what that stage read for it. */
export function PartRow({ part, label, isSelected, onSelect, onKeyDown }: PartRowProps) {
  const t = useTranslations('inject.parts');
  const { change, origin, annotations, values } = part;
  return (
    <li>
      <button
        type="button"
        className="part-row"
        aria-pressed={isSelected}
        onClick={onSelect}
        onKeyDown={onKeyDown}
        data-part={part.path}
      >
        <span className="inline-flex h-4.5 items-center">
          <MarkSign mark={change} />
        </span>
        <span className="min-w-0">
          <span className="mono break-words">{label}</span>
          <span className="block text-sm text-ink-3">
            <Phrase value={origin} />
            {annotations.map((name) => (
              <Source key={name} kind={t('annotation')} name={name} />
            ))}
            {values.map((name) => (
              <Source key={name} kind={t('value')} name={name} />
            ))}
          </span>
        </span>
      </button>
    </li>
  );
}

function Source({ kind, name }: { readonly kind: string; readonly name: string }) {
  return (
    <span className="block break-words">
      {kind} <code>{name}</code>
    </span>
  );
}
