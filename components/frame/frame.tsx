'use client';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import { writeCookie } from '@/components/shared/browser-cookie';
import { RAIL_COOKIE, type Theme } from '@/components/shared/preferences';
import { setSingleKeys } from '@/components/shared/shortcuts';
import { Toasts } from '@/components/shared/toasts';
import { ConnectionRemedy } from './connection-remedy';
import { FrameDialogs } from './frame-dialogs';
import { LiveRegion } from './live-region';
import { Rail } from './rail';
import { TopBar } from './top-bar';

interface FrameProps {
  readonly children: ReactNode;
  readonly theme: Theme;
  readonly isRailFolded: boolean;
  readonly hasSingleKeys: boolean;
}

/** What stands around every page. */
export function Frame({ children, theme, isRailFolded, hasSingleKeys }: FrameProps) {
  const t = useTranslations('frame');
  const [isFolded, setIsFolded] = useState(isRailFolded);
  useEffect(() => setSingleKeys(hasSingleKeys), [hasSingleKeys]);
  const fold = (next: boolean) => {
    setIsFolded(next);
    writeCookie(RAIL_COOKIE, next ? 'folded' : 'open');
  };
  return (
    <>
      <a href="#main" className="skip-link">
        {t('skip')}
      </a>
      <div className="frame" data-rail={isFolded ? 'folded' : 'open'}>
        <TopBar theme={theme} />
        <Rail isFolded={isFolded} onFold={fold} />
        <main id="main" tabIndex={-1} className="frame-main">
          <ConnectionRemedy />
          {children}
        </main>
      </div>
      <FrameDialogs />
      <Toasts />
      <LiveRegion />
    </>
  );
}
