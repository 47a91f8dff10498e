'use client';
import { useTranslations } from 'next-intl';
import { Phrase } from '@/components/shared/phrase';
import type { AnatomyContainer, AnatomyMark, PodChange } from '@/lib/api/pod-diff';
import { AnatomyPart, type Lights } from './anatomy-part';
import { containerKey } from './light-parts';
import { MarkSign } from './mark-sign';
import { ContainerDetails } from './part-details';

export interface ContainerBoxProps {
  readonly container: AnatomyContainer;
  readonly lights: Lights;
  readonly changes: readonly PodChange[];
  readonly onFind: (name: string) => void;
}

const PROCESS_NAMES = {
  application: '',
  envoy: 'Envoy',
  'pilot-agent': 'pilot-agent',
  ztunnel: 'ztunnel',
  istiod: 'istiod',
} as const;

/** The image without its registry: what tells two of them apart. */
function shortImage(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1).replace(/@sha256:([0-9a-f]{12})[0-9a-f]+$/, '@$1');
}

export function Name({ name, mark }: { readonly name: string; readonly mark: AnatomyMark }) {
  return (
    <span className="anatomy-name">
      {mark === 'added' && <MarkSign mark={mark} />}
      <span className="truncate">{name}</span>
      {(mark === 'changed' || mark === 'removed') && <MarkSign mark={mark} size={9} />}
    </span>
  );
}

/** A container that runs: its name, image and what it listens on. */
export function ContainerBox({ container, lights, changes, onFind }: ContainerBoxProps) {
  const t = useTranslations('pod.beforeAfter.anatomy');
  const { id, name, image, mark, isNative, role, sockets } = container;
  const own = changes.filter((change) => container.changes.includes(change.id));
  return (
    <AnatomyPart
      partKey={containerKey(id)}
      lights={lights}
      mark={mark}
      label={t('details', { name })}
      className="anatomy-box"
      side="right"
      details={<ContainerDetails container={container} changes={own} onFind={onFind} />}
    >
      <Name name={name} mark={mark} />
      <span className="anatomy-note">{shortImage(image)}</span>
      {role === 'proxy' && mark === 'added' && (
        <span className="anatomy-note">{t(isNative ? 'runsNative' : 'runsBeside')}</span>
      )}
      {sockets.map(({ process, ports }) => (
        <span key={process} className="anatomy-note">
          {process === 'application'
            ? t('listens', { count: ports.length, ports: ports.join(', ') })
            : PROCESS_NAMES[process]}
          {process !== 'application' && <span className="mono"> {ports.join(' · ')}</span>}
        </span>
      ))}
    </AnatomyPart>
  );
}

/** A container that runs before the others and ends; a native sidecar only starts here. */
export function InitBox({ container, lights, changes, onFind }: ContainerBoxProps) {
  const t = useTranslations('pod.beforeAfter.anatomy');
  const { id, name, image, mark, isNative, does } = container;
  const own = changes.filter((change) => container.changes.includes(change.id));
  const key = isNative ? `start:${id}` : containerKey(id);
  return (
    <AnatomyPart
      partKey={key}
      lights={
        isNative
          ? {
              ...lights,
              onPoint: (point) => lights.onPoint(point === null ? null : containerKey(id)),
              lit: withStart(lights.lit, id),
            }
          : lights
      }
      mark={mark}
      label={t('details', { name })}
      className={`anatomy-box ${isNative ? 'anatomy-start' : ''}`}
      details={<ContainerDetails container={container} changes={own} onFind={onFind} />}
    >
      <Name name={name} mark={mark} />
      <span className="anatomy-note">
        {isNative ? (
          t('startsHere')
        ) : does?.code === 'pod.container.init' ? (
          t('writesRules')
        ) : does === undefined ? (
          shortImage(image)
        ) : (
          <Phrase value={does} />
        )}
      </span>
    </AnatomyPart>
  );
}

/** The start of a native sidecar shines with the box in which it runs on. */
function withStart(lit: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return lit.has(containerKey(id)) ? new Set([...lit, `start:${id}`]) : lit;
}
