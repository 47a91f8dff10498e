'use client';
import { Maximize, Minus, Plus, WandSparkles } from 'lucide-react';
import { useTranslations } from 'next-intl';

interface CanvasControlsProps {
  readonly fit: () => void;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly isArranging: boolean;
  readonly onArrange: () => void;
}

/** Zoom, fit, and a new arrangement. */
export function CanvasControls({ fit, zoomIn, zoomOut, isArranging, onArrange }: CanvasControlsProps) {
  const t = useTranslations('graph.canvas');
  const buttons = [
    { id: 'zoomIn', icon: Plus, run: zoomIn },
    { id: 'zoomOut', icon: Minus, run: zoomOut },
    { id: 'fit', icon: Maximize, run: fit },
  ] as const;
  return (
    <fieldset
      aria-label={t('controls')}
      className="flex items-center gap-0.5 rounded-md border border-line bg-panel p-0.5"
    >
      {buttons.map(({ id, icon: Icon, run }) => (
        <button key={id} type="button" className="icon-button" title={t(id)} aria-label={t(id)} onClick={() => run()}>
          <Icon aria-hidden="true" size={14} />
        </button>
      ))}
      <button
        type="button"
        className="inline-flex h-6 items-center gap-1.5 rounded-sm px-1.5 text-ink-2 hover:bg-hover hover:text-ink"
        aria-disabled={isArranging}
        onClick={() => {
          if (!isArranging) onArrange();
        }}
      >
        <WandSparkles aria-hidden="true" size={14} />
        {t(isArranging ? 'arranging' : 'arrange')}
      </button>
    </fieldset>
  );
}
