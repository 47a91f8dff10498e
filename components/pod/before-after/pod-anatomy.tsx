'use client';
import './anatomy.css';
import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useLayoutEffect, useRef, useState } from 'react';
import type { PodAnatomy as Anatomy, PodChange } from '@/lib/api/pod-diff';
import { useAfterWord } from './after-word';
import { AnatomyLegend } from './anatomy-legend';
import { Choice } from './choice';
import { PodPicture } from './pod-picture';
import { useIsWide } from './use-is-wide';

const SIDE_BY_SIDE_PX = 1200;

interface PodAnatomyProps {
  readonly anatomy: Anatomy;
  /** Says where the written pod comes from, in a few words. */
  readonly sourceName: string;
  readonly changes: readonly PodChange[];
  readonly onFind: (name: string) => void;
}

type Which = 'written' | 'runs';

/** The pod as written and as it runs: side by side where there is room, else one after the other in the same place. */
export function PodAnatomy({ anatomy, sourceName, changes, onFind }: PodAnatomyProps) {
  const t = useTranslations('pod.beforeAfter.anatomy');
  const after = useAfterWord();
  const isWide = useIsWide(SIDE_BY_SIDE_PX);
  const [which, setWhich] = useState<Which>('runs');
  const frame = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  const shown = isWide ? 'both' : which;
  useLayoutEffect(() => {
    // What stands below must not jump when the smaller picture shows.
    if (shown === 'runs') setHeight(frame.current?.offsetHeight ?? 0);
    if (shown === 'both') setHeight(0);
  }, [shown]);

  const {
    containers: [containersBefore, containersAfter],
    ports: [portsBefore, portsAfter],
  } = anatomy.counts;
  const isSame = containersBefore === containersAfter && portsBefore === portsAfter;
  const written = {
    which: 'written' as const,
    title: t('writtenTitle', { source: sourceName }),
    state: anatomy.asWritten,
  };
  const runs = {
    which: 'runs' as const,
    title: t(isSame ? 'sameTitle' : 'runsTitle', { after, containersBefore, containersAfter, portsBefore, portsAfter }),
    state: anatomy.asRuns,
  };
  const common = { changes, onFind };
  return (
    <div className="mb-5">
      {!isWide && (
        <div className="mb-2">
          <Choice
            label={t('switch')}
            options={[
              { id: 'written', label: t('written') },
              { id: 'runs', label: after },
            ]}
            value={which}
            onChange={setWhich}
          />
        </div>
      )}
      {isWide ? (
        <div className="anatomy anatomy-two">
          <PodPicture {...written} {...common} />
          <ArrowRight aria-hidden="true" size={18} className="self-center justify-self-center text-ink-3" />
          <PodPicture {...runs} {...common} />
        </div>
      ) : (
        <div ref={frame} className="anatomy" style={{ minHeight: which === 'written' ? height : undefined }}>
          <PodPicture {...(which === 'written' ? written : runs)} {...common} />
        </div>
      )}
      <AnatomyLegend anatomy={anatomy} />
    </div>
  );
}
