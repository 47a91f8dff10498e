'use client';
import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { setFrameDialog } from './frame-dialog-store';

const isApple = () => /Mac|iPhone|iPad/.test(navigator.platform);
const never = () => () => undefined;

/** Opens the palette and shows the keys that do. */
export function PaletteButton() {
  const t = useTranslations('frame.palette');
  const keys = useSyncExternalStore(
    never,
    () => (isApple() ? '⌘ K' : 'Ctrl K'),
    () => '',
  );
  return (
    <button
      type="button"
      className="palette-button"
      aria-label={t('open')}
      aria-haspopup="dialog"
      onClick={() => setFrameDialog('palette')}
    >
      <Search aria-hidden="true" size={14} className="shrink-0" />
      <span className="palette-words min-w-0 flex-1 truncate text-left">{t('open')}</span>
      {keys !== '' && (
        <span aria-hidden="true" className="key palette-words">
          {keys}
        </span>
      )}
    </button>
  );
}
