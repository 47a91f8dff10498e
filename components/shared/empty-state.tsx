import type { ReactNode } from 'react';

interface EmptyStateProps {
  /** What was looked for and not found. */
  readonly title: string;
  readonly children?: ReactNode;
  /** The next step: a button or a link. */
  readonly action?: ReactNode;
}

export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="rounded-md border border-dashed border-line-2 px-6 py-8">
      <p className="text-prose font-semibold">{title}</p>
      {children !== undefined && <div className="mt-1 max-w-prose text-ink-2">{children}</div>}
      {action !== undefined && <div className="mt-3 flex gap-2">{action}</div>}
    </div>
  );
}
