'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import type { CaptureFamilyAnswer } from '@/lib/api/capture';
import { MapCard } from './map-card';
import { MapEnds } from './map-ends';
import { MapLines } from './map-lines';
import { MapReadout } from './map-readout';
import { MapStations } from './map-stations';
import { moveThroughMap } from './move-through-map';
import { toPlace } from './to-place';
import { type Flow, useMapLight } from './use-map-light';
import { useWidth } from './use-width';

/** From a window of 1024 pixels on the whole picture shows; on a narrower one it scrolls. */
const MIN_SCALE = 0.74;
const MAX_SCALE = 1.15;
/** Below this the words leave the picture and stand under it in their own size. */
const MIN_PANEL_SCALE = 0.9;

interface CaptureMapProps {
  readonly family: Pick<CaptureFamilyAnswer, 'family' | 'map'>;
  /** The packet's way that is lit: one of the map's flows, or what was traced. */
  readonly flow: Flow | null;
  readonly onFlow: (id: string | null) => void;
  /** Opens the tracer for a packet of one's own. */
  readonly onOwn: () => void;
}

/** The capture map: the packet's way through hooks and chains to the processes. Pointing at a part lights what belongs to it. */
export function CaptureMap({ family: { family, map }, flow, onFlow, onOwn }: CaptureMapProps) {
  const t = useTranslations('capture.map');
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const light = useMapLight(map, flow);
  const [tabStop, setTabStop] = useState(map.cards[0]?.id ?? '');
  const scale = width === null || width === 0 ? 1 : Math.min(MAX_SCALE, Math.max(MIN_SCALE, width / map.width));
  const panel = scale < MIN_PANEL_SCALE ? undefined : map.panel;
  const stopAt = (id: string | undefined) => id !== undefined && setTabStop(id);
  const readout = (style?: React.CSSProperties) => (
    <MapReadout map={map} light={light} onFlow={onFlow} onOwn={onOwn} {...(style === undefined ? {} : { style })} />
  );
  return (
    <div>
      <div ref={frame} className="overflow-x-auto">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be this canvas; the group only names the picture */}
        <div
          role="group"
          aria-label={t('label', { family })}
          className="map"
          style={{ width: map.width, height: map.height, zoom: scale }}
          onKeyDown={(event) => moveThroughMap(event, map.edges)}
          onFocus={(event) => stopAt(event.target.dataset.mapStop)}
        >
          <MapLines map={map} lit={light.lit} />
          <MapStations map={map} light={light} />
          {map.cards.map((card) => (
            <MapCard key={card.id} card={card} light={light} tabStop={tabStop} />
          ))}
          <MapEnds map={map} light={light} tabStop={tabStop} />
          {panel !== undefined && readout(toPlace(panel))}
        </div>
      </div>
      {panel === undefined && readout()}
    </div>
  );
}
