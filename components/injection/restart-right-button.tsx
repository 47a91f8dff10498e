import type { ReactNode } from 'react';
import { Tooltip } from '@/components/shared/tooltip';

interface RightButtonProps {
  /** Why it cannot be used; undefined when it can. */
  readonly reason: string | undefined;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A button that stays in reach of keyboard and pointer when it is off, so that its reason can be read. */
export function RightButton({ reason, onClick, children }: RightButtonProps) {
  if (reason === undefined) {
    return (
      <button type="button" className="button" onClick={onClick}>
        {children}
      </button>
    );
  }
  return (
    <Tooltip content={reason} opensOnPress>
      <button type="button" className="button" aria-disabled="true">
        {children}
      </button>
    </Tooltip>
  );
}
