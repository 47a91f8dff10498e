import type { ReactNode } from 'react';
import { Phrase } from '@/components/shared/phrase';
import { StateShape } from '@/components/shared/state-shape';
import type { InjectionPlanAnswer } from '@/lib/api/injection';

const WARNING = {
  error: { state: 'refused', ink: 'text-state-refused' },
  warning: { state: 'missing', ink: 'text-state-missing' },
  notice: { state: 'not-injected', ink: 'text-ink-2' },
} as const;

/** A step of a plan under its small heading. */
export function PlanSection({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="mb-5">
      <h3 className="mb-1.5 text-sm font-medium text-ink-3">{title}</h3>
      {children}
    </section>
  );
}

/** What a person should know before a write, errors first. */
export function PlanWarnings({ warnings }: Pick<InjectionPlanAnswer, 'warnings'>) {
  if (warnings.length === 0) return null;
  return (
    <ul className="mb-5 flex flex-col gap-1.5">
      {warnings.map(({ severity, text }) => (
        <li
          key={`${text.code} ${JSON.stringify(text.values)}`}
          className={`flex items-baseline gap-2 ${WARNING[severity].ink}`}
        >
          <span className="translate-y-px">
            <StateShape state={WARNING[severity].state} />
          </span>
          <span>
            <Phrase value={text} />
          </span>
        </li>
      ))}
    </ul>
  );
}
