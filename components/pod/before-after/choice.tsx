'use client';
import type { ReactNode } from 'react';

interface ChoiceProps<Id extends string> {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly label: ReactNode }[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
}

/** One of a few ways to look at the same thing. */
export function Choice<Id extends string>({ label, options, value, onChange }: ChoiceProps<Id>) {
  return (
    <fieldset aria-label={label} className="inline-flex rounded-md border border-line-2 bg-panel p-0.5">
      {options.map(({ id, label: text }) => (
        <button
          key={id}
          type="button"
          aria-pressed={id === value}
          onClick={() => onChange(id)}
          className={`min-h-6 rounded-sm px-2.5 ${id === value ? 'bg-accent-bg font-medium text-accent' : 'text-ink-2 hover:text-ink'}`}
        >
          {text}
        </button>
      ))}
    </fieldset>
  );
}
