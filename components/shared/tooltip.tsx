'use client';
import { Tooltip as RadixTooltip } from 'radix-ui';
import { type ReactNode, useState } from 'react';

interface TooltipProps {
  readonly content: ReactNode;
  /** One element that takes focus. */
  readonly children: ReactNode;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** A press opens it too, for fingers. */
  readonly opensOnPress?: boolean;
}

/** More about what has the pointer or the focus; Escape hides it, and the pointer may go into it. */
export function Tooltip({ content, children, side = 'bottom', opensOnPress = false }: TooltipProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <RadixTooltip.Provider delayDuration={250}>
      <RadixTooltip.Root open={isOpen} onOpenChange={setIsOpen}>
        <RadixTooltip.Trigger
          asChild
          onClick={(event) => {
            if (!opensOnPress) return;
            event.preventDefault();
            setIsOpen(true);
          }}
        >
          {children}
        </RadixTooltip.Trigger>
        <RadixTooltip.Portal>
          <RadixTooltip.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-88 rounded-md border border-line bg-panel px-3 py-2 text-ink shadow-float"
          >
            {content}
          </RadixTooltip.Content>
        </RadixTooltip.Portal>
      </RadixTooltip.Root>
    </RadixTooltip.Provider>
  );
}
