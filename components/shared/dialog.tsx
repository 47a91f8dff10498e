'use client';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Dialog as RadixDialog } from 'radix-ui';
import { type ReactNode, useRef } from 'react';

interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  /** One sentence under the title, read out as the dialog opens. */
  readonly description?: ReactNode;
  readonly children: ReactNode;
  /** Buttons; the act that the dialog is for stands last. */
  readonly footer?: ReactNode;
  readonly size?: 'narrow' | 'wide' | 'widest';
  /** Leaves out the head, which then is only read out. */
  readonly isBare?: boolean;
  /** As high as it may be from the start, so that it keeps its size while its content arrives. */
  readonly isTall?: boolean;
}

/** Selects the part of a dialog that scrolls. */
export const SCROLLED = '[data-dialog-body]';

const WIDTH = { narrow: 'max-w-lg', wide: 'max-w-3xl', widest: 'max-w-5xl' } as const;

/**
 * A dialog over the page. Focus stays inside and goes back where it came from; Escape and the scrim close it. The scrim is
 * our own: Radix's locks scrolling by a style element that our policy forbids, ours by taking the wheel.
 */
export function Dialog(props: DialogProps) {
  const {
    isOpen,
    onClose,
    title,
    description,
    children,
    footer,
    size = 'narrow',
    isBare = false,
    isTall = false,
  } = props;
  const t = useTranslations('shared.dialog');
  const cameFrom = useRef<Element | null>(null);
  const goBack = (event: Event) => {
    event.preventDefault();
    const known = cameFrom.current?.isConnected === true ? cameFrom.current : document.getElementById('main');
    if (known instanceof HTMLElement) known.focus();
  };
  return (
    <RadixDialog.Root open={isOpen} onOpenChange={(next) => (next ? undefined : onClose())}>
      <RadixDialog.Portal>
        <div className="dialog-scrim fixed inset-0 z-40 bg-scrim">
          <RadixDialog.Content
            onOpenAutoFocus={() => {
              cameFrom.current = document.activeElement;
            }}
            onCloseAutoFocus={goBack}
            {...(description === undefined ? { 'aria-describedby': undefined } : {})}
            className={`fixed top-[min(6rem,8vh)] left-1/2 z-40 flex ${isTall ? 'h-[84vh]' : 'max-h-[84vh]'} w-[calc(100vw-2rem)] ${WIDTH[size]} -translate-x-1/2 flex-col rounded-md border border-line bg-panel shadow-float outline-none`}
          >
            {isBare ? (
              <RadixDialog.Title className="sr-only">{title}</RadixDialog.Title>
            ) : (
              <header className="flex items-start gap-4 border-b border-line px-5 py-3">
                <div className="min-w-0 flex-1">
                  <RadixDialog.Title className="text-lead font-semibold tracking-tight">{title}</RadixDialog.Title>
                  {description !== undefined && (
                    <RadixDialog.Description className="text-ink-2">{description}</RadixDialog.Description>
                  )}
                </div>
                <RadixDialog.Close className="icon-button" aria-label={t('close')}>
                  <X aria-hidden="true" size={16} />
                </RadixDialog.Close>
              </header>
            )}
            <div data-dialog-body className={isBare ? 'min-h-0' : 'min-h-0 flex-1 overflow-y-auto px-5 py-4'}>
              {children}
            </div>
            {footer !== undefined && (
              <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
                {footer}
              </footer>
            )}
          </RadixDialog.Content>
        </div>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
