import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';

interface FilterChipProps {
  readonly children: ReactNode;
  readonly isOn: boolean;
  readonly onToggle: () => void;
}

/** A filter that is on or off. */
export function FilterChip({ children, isOn, onToggle }: FilterChipProps) {
  const Icon = isOn ? X : Plus;
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onToggle}
      className={`inline-flex h-7 items-center gap-1.5 rounded-md border px-2.5 whitespace-nowrap ${
        isOn
          ? 'border-accent bg-accent-bg text-accent'
          : 'border-dashed border-line-2 text-ink-2 hover:border-edge hover:text-ink'
      }`}
    >
      {!isOn && <Icon aria-hidden="true" size={12} />}
      {children}
      {isOn && <Icon aria-hidden="true" size={12} />}
    </button>
  );
}
