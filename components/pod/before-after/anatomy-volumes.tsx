'use client';
import { useTranslations } from 'next-intl';
import type { AnatomyVolume, PodChange } from '@/lib/api/pod-diff';
import { AnatomyPart, type Lights } from './anatomy-part';
import { Name } from './container-box';
import { volumeKey } from './light-parts';
import { VolumeDetails } from './part-details';

interface AnatomyVolumesProps {
  readonly volumes: readonly AnatomyVolume[];
  readonly changes: readonly PodChange[];
  readonly lights: Lights;
}

/** The author's own first, then what injection added, then what every pod gets. */
function inOrder(volumes: readonly AnatomyVolume[]): readonly AnatomyVolume[] {
  const rank = ({ mark, isFromApiServer }: AnatomyVolume) => (isFromApiServer ? 2 : mark === 'added' ? 1 : 0);
  return [...volumes].sort((left, right) => rank(left) - rank(right));
}

/** The volumes as drawers; pointing at one shows who mounts it. */
export function AnatomyVolumes({ volumes, changes, lights }: AnatomyVolumesProps) {
  const t = useTranslations('pod.beforeAfter.anatomy');
  return (
    <div className="anatomy-volumes">
      <p className="anatomy-lane">{t('volumes')}</p>
      {volumes.length === 0 ? (
        <p className="text-sm text-ink-3">{t('noVolumes')}</p>
      ) : (
        <ul className="anatomy-drawers">
          {inOrder(volumes).map((volume) => {
            const { name, mark, isFromApiServer } = volume;
            const change = changes.find(({ id }) => volume.changes.includes(id));
            return (
              <li key={name} className="min-w-0">
                <AnatomyPart
                  partKey={volumeKey(name)}
                  lights={lights}
                  mark={isFromApiServer && mark === 'added' ? 'same' : mark}
                  label={t('details', { name })}
                  className={`anatomy-drawer ${isFromApiServer ? 'anatomy-cluster' : ''}`}
                  details={<VolumeDetails volume={volume} change={change} />}
                >
                  <Name name={name} mark={isFromApiServer && mark === 'added' ? 'same' : mark} />
                  {isFromApiServer && <span className="sr-only"> {t('byCluster')}</span>}
                </AnatomyPart>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
