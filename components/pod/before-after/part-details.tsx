'use client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { Facts } from '@/components/shared/facts';
import { Phrase } from '@/components/shared/phrase';
import type { AnatomyContainer, AnatomyGate, AnatomyPlug, AnatomyVolume, PodChange } from '@/lib/api/pod-diff';
import { DifferingLines } from './differing-lines';
import { MarkSign } from './mark-sign';

const SHOWN = 4;

function Title({ children }: { readonly children: ReactNode }) {
  return <p className="mono mb-1 font-semibold break-words">{children}</p>;
}

interface ContainerDetailsProps {
  readonly container: AnatomyContainer;
  /** The changes that belong to it. */
  readonly changes: readonly PodChange[];
  /** Looks a name up in the change list. */
  readonly onFind: (name: string) => void;
}

/** What a container is for, and what is different about it. */
export function ContainerDetails({ container, changes, onFind }: ContainerDetailsProps) {
  const t = useTranslations('pod.beforeAfter');
  const { name, image, does, mark, role } = container;
  const shown = mark === 'added' ? [] : changes.slice(0, SHOWN);
  return (
    <>
      <Title>{name}</Title>
      <p className="text-ink-2">{does === undefined ? t(`role.${role}`) : <Phrase value={does} />}</p>
      <p className="mono mt-2 break-all text-ink-2">{image}</p>
      {shown.length > 0 && (
        <ul className="mt-3 flex flex-col gap-3">
          {shown.map((change) => (
            <li key={change.id}>
              <p className="flex items-baseline gap-1.5">
                <MarkSign mark={change.kind} />
                <span className="mono font-semibold break-words">{change.path.split(' · ')[1] ?? change.path}</span>
              </p>
              <p className="text-ink-2">
                <Phrase value={change.because} />
              </p>
              <DifferingLines change={change} />
            </li>
          ))}
        </ul>
      )}
      {changes.length > shown.length && (
        <Popover.Close className="link mt-3 block" onClick={() => onFind(name)}>
          {t('anatomy.find', { count: changes.length })}
        </Popover.Close>
      )}
    </>
  );
}

/** A drawer's source, and who mounts it where. */
export function VolumeDetails({
  volume,
  change,
}: {
  readonly volume: AnatomyVolume;
  readonly change?: PodChange | undefined;
}) {
  const t = useTranslations('pod.beforeAfter.anatomy');
  const { name, source, mountedBy } = volume;
  return (
    <>
      <Title>{name}</Title>
      {change !== undefined && (
        <p className="text-ink-2">
          <Phrase value={change.because} />
        </p>
      )}
      <p className="mono mt-1 text-ink-2">{source}</p>
      {mountedBy.length === 0 ? (
        <p className="mt-2 text-ink-2">{t('notMounted')}</p>
      ) : (
        <ul className="mt-2 flex flex-col gap-0.5">
          {mountedBy.map(({ container, path }) => (
            <li key={`${container} ${path}`} className="break-all">
              {t.rich('mountedBy', {
                container: () => <code className="font-semibold">{container}</code>,
                path: () => <code className="text-ink-2">{path}</code>,
              })}
            </li>
          ))}
        </ul>
      )}
      {change !== undefined && change.kind === 'changed' && <DifferingLines change={change} />}
    </>
  );
}

/** One port: who answers, and how a packet gets there. */
export function PlugDetails({ plug }: { readonly plug: AnatomyPlug }) {
  const t = useTranslations('pod.beforeAfter.anatomy');
  const { port, protocol, container, process, purpose, inbound, viaPort, clashes } = plug;
  const way =
    viaPort !== undefined
      ? t.rich('wayCaptured', { port, via: viaPort, container: () => <code>{container}</code> })
      : t.rich(inbound?.kind === 'skipped' ? 'waySkipped' : 'wayDirect', {
          port,
          container: () => <code>{container}</code>,
        });
  return (
    <>
      <Title>
        {port}/{protocol}
      </Title>
      <p className="text-ink-2">
        <Phrase value={purpose} />
      </p>
      <p className="mt-2">{way}</p>
      {inbound?.ruleText !== undefined && <p className="mono mt-1 text-ink-2 break-words">{inbound.ruleText}</p>}
      {clashes.map((because) => (
        <p key={because.code} className="mt-2 text-state-refused">
          <Phrase value={because} />
        </p>
      ))}
      <p className="mt-2 text-sm text-ink-3">{t('process', { process })}</p>
    </>
  );
}

/** The capture rules in one glance. */
export function GateDetails({ gate }: { readonly gate: AnatomyGate }) {
  const t = useTranslations('pod.beforeAfter.anatomy');
  return (
    <>
      <Title>iptables · {gate.mode}</Title>
      <p className="text-ink-2">{t(gate.writtenBy === 'istio-init' ? 'gateByInit' : 'gateByCni')}</p>
      <Facts
        className="mt-2"
        facts={[
          { label: t('gateIn'), value: <code>{gate.inboundPort}</code> },
          { label: t('gateOut'), value: <code>{gate.outboundPort}</code> },
        ]}
      />
      <Link className="link mt-2 block" href="?tab=capture">
        {t('gateMore')}
      </Link>
    </>
  );
}
