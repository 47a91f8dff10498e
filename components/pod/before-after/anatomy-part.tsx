'use client';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import type { AnatomyMark } from '@/lib/api/pod-diff';

/** How the parts of one picture light each other up. */
export interface Lights {
  readonly lit: ReadonlySet<string>;
  readonly onPoint: (key: string | null) => void;
}

interface AnatomyPartProps {
  readonly partKey: string;
  readonly lights: Lights;
  readonly mark: AnatomyMark;
  readonly className: string;
  /** The name of what opens, for a screen reader. */
  readonly label: string;
  readonly children: ReactNode;
  /** What opens on click. */
  readonly details: ReactNode;
  readonly side?: 'top' | 'right' | 'bottom';
}

/** A part of the picture that can be pointed at and opened. */
export function AnatomyPart(props: AnatomyPartProps) {
  const { partKey, lights, mark, className, label, children, details, side = 'bottom' } = props;
  const { lit, onPoint } = lights;
  const light = lit.size === 0 ? undefined : lit.has(partKey) ? 'on' : 'off';
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button
          type="button"
          data-part={partKey}
          data-mark={mark}
          data-light={light}
          className={className}
          onPointerEnter={() => onPoint(partKey)}
          onPointerLeave={() => onPoint(null)}
          onFocus={() => onPoint(partKey)}
          onBlur={() => onPoint(null)}
        >
          {children}
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side={side}
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          className="z-50 max-h-[min(26rem,var(--radix-popover-content-available-height))] w-96 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-md border border-line bg-panel px-4 py-3 shadow-float"
        >
          {details}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
