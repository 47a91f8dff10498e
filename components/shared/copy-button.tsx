'use client';
import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { announce } from './announce';
import { copyText } from './copy-text';

const SHOWN_MS = 1_500;

interface CopyButtonProps {
  readonly text: string;
  /** What is copied, for a label that says more than "Copy". */
  readonly label?: string;
  /** Hidden until its `group` is hovered or it has focus. */
  readonly isQuiet?: boolean;
  /** Words beside the icon. */
  readonly children?: React.ReactNode;
}

/** Copies a text and says so, to eyes and to screen readers. */
export function CopyButton({ text, label, isQuiet = false, children }: CopyButtonProps) {
  const t = useTranslations('shared.copy');
  const [isDone, setIsDone] = useState(false);
  useEffect(() => {
    if (!isDone) return;
    const timer = setTimeout(() => setIsDone(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isDone]);

  const copy = async () => {
    const isCopied = await copyText(text);
    setIsDone(isCopied);
    announce(t(isCopied ? 'done' : 'failed'));
  };
  const name = label ?? t('name', { text });
  const Icon = isDone ? Check : Copy;
  return (
    <button
      type="button"
      aria-label={children === undefined ? name : undefined}
      title={isDone ? t('done') : name}
      onClick={(event) => {
        event.stopPropagation();
        void copy();
      }}
      className={
        children === undefined
          ? `icon-button ${isQuiet ? 'quiet' : ''} ${isDone ? 'text-state-injected' : ''}`
          : 'button'
      }
    >
      <Icon aria-hidden="true" size={14} />
      {children}
    </button>
  );
}

/** A name that a person may paste into a shell, with its copy button on hover. */
export function CopyName({ text, children }: { readonly text: string; readonly children?: React.ReactNode }) {
  return (
    <span className="group inline-flex min-w-0 items-center gap-1">
      <span className="mono min-w-0 truncate">{children ?? text}</span>
      <CopyButton text={text} isQuiet />
    </span>
  );
}
