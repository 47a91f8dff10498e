'use client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { useShortcut } from '@/components/shared/use-shortcut';
import { onFrameDialog, openFrameDialog, setFrameDialog } from './frame-dialog-store';

// All wait for their first use, so that no page pays for them at its start.
const Palette = dynamic(() => import('./palette'), { ssr: false });
const KeyHelp = dynamic(() => import('./key-help'), { ssr: false });

const UndoList = dynamic(() => import('@/components/injection/undo-list'), { ssr: false });

const close = () => setFrameDialog(null);

/** The dialogs that open from anywhere, and their keys. */
export function FrameDialogs() {
  const t = useTranslations('frame.keys');
  const open = useSyncExternalStore(onFrameDialog, openFrameDialog, () => null);
  useShortcut('mod+k', t('palette'), () => setFrameDialog(openFrameDialog() === 'palette' ? null : 'palette'));
  useShortcut('?', t('open'), () => setFrameDialog('keys'));
  useShortcut('u', t('actions'), () => setFrameDialog('actions'));
  if (open === 'palette') return <Palette onClose={close} />;
  if (open === 'keys') return <KeyHelp onClose={close} />;
  if (open === 'actions') return <UndoList onClose={close} />;
  return null;
}
