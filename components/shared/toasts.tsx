'use client';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { StateShape } from './state-shape';
import { dismissToast, listToasts, onToasts, type Toast } from './toast-store';

const SHOWN_MS = 8_000;
const SHAPE = { done: 'injected', failed: 'refused', note: 'planned' } as const;
const NONE: readonly Toast[] = [];

function ToastCard({ toast, isHeld }: { readonly toast: Toast; readonly isHeld: boolean }) {
  const t = useTranslations('shared.toast');
  const { id, tone, text, detail, action } = toast;
  useEffect(() => {
    if (isHeld || tone === 'failed') return;
    const timer = setTimeout(() => dismissToast(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, tone, isHeld]);
  return (
    <li className="flex items-start gap-2.5 rounded-md border border-line bg-panel py-2 pr-2 pl-3 shadow-float">
      <span className="pt-1">
        <StateShape state={SHAPE[tone]} />
      </span>
      <div className="min-w-0 flex-1 py-0.5">
        <p className="break-words">{text}</p>
        {detail !== undefined && <p className="break-words text-ink-2">{detail}</p>}
        {action !== undefined && (
          <button
            type="button"
            className="link mt-0.5"
            onClick={() => {
              dismissToast(id);
              action.run();
            }}
          >
            {action.label}
          </button>
        )}
      </div>
      <button type="button" className="icon-button" aria-label={t('close')} onClick={() => dismissToast(id)}>
        <X aria-hidden="true" size={14} />
      </button>
    </li>
  );
}

/** Where toasts stand. The region is always there, so that screen readers hear what enters it; hovering holds them. */
export function Toasts() {
  const t = useTranslations('shared.toast');
  const [isHeld, setIsHeld] = useState(false);
  const toasts = useSyncExternalStore(onToasts, listToasts, () => NONE);
  return (
    <section aria-label={t('region')} data-print="hide">
      <ol
        aria-live="polite"
        onPointerEnter={() => setIsHeld(true)}
        onPointerLeave={() => setIsHeld(false)}
        onFocus={() => setIsHeld(true)}
        onBlur={() => setIsHeld(false)}
        className="fixed right-4 bottom-4 z-50 flex w-88 max-w-[calc(100vw-2rem)] flex-col gap-2"
      >
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} isHeld={isHeld} />
        ))}
      </ol>
    </section>
  );
}
