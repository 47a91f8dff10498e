import { useTranslations } from 'next-intl';
import type { CaptureMapAnswer } from '@/lib/api/capture';
import { toPlace } from './to-place';
import { lightOf, type MapLight } from './use-map-light';

type Station = CaptureMapAnswer['stations'][number];

/** The packet's way at the top: where it comes in, the hooks with their tables, where it goes out. */
export function MapStations({ map, light }: { readonly map: CaptureMapAnswer; readonly light: MapLight }) {
  const t = useTranslations('capture.map');
  const below = (station: Station) => {
    switch (station.kind) {
      case 'interface':
        return t(station.id === 'station/in' ? 'station.in' : 'station.out');
      case 'routing':
        return t('station.routing');
      case 'hook':
        return station.tables.length === 0 ? t('noRules') : station.tables.join(' · ');
    }
  };
  return (
    <>
      <span className="map-loopback" style={{ left: map.width / 2, top: 2 }}>
        {t('station.loopback')}
      </span>
      {map.stations.map((station) => (
        <div
          key={station.id}
          className="map-station"
          data-kind={station.kind}
          data-idle={station.kind === 'hook' && station.tables.length === 0 ? '' : undefined}
          data-light={lightOf(light.lit, station.id)}
          style={toPlace(station)}
          onPointerEnter={() => light.point(station.id)}
          onPointerLeave={() => light.point(null)}
        >
          <span className="map-station-name">{station.kind === 'routing' ? t('station.route') : station.name}</span>
          <span className="map-station-below">{below(station)}</span>
        </div>
      ))}
    </>
  );
}
