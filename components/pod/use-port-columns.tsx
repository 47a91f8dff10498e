import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Phrase } from '@/components/shared/phrase';
import { StateBadge } from '@/components/shared/state-badge';
import type { Column } from '@/components/shared/table-column';
import type { PortRow } from '@/lib/api/pod-ports';
import { ProcessName } from './process-name';

function Inbound({ row }: { readonly row: PortRow }) {
  const t = useTranslations('podPage.ports');
  const { inbound, reach, port, protocol } = row;
  if (inbound === undefined) return <span className="text-ink-3">–</span>;
  if (reach === 'loopback') return <span className="text-ink-3">{t('inbound.loopback')}</span>;
  return (
    <span className="block py-1 whitespace-normal">
      <span className={inbound.kind === 'captured' ? 'text-accent' : 'text-ink'}>
        {t(`inbound.${inbound.kind}`, { port: inbound.toPort ?? port })}
      </span>
      {inbound.ruleText !== undefined && <code className="block text-ink-3">{inbound.ruleText}</code>}
      {protocol !== 'SCTP' && (
        <Link
          className="link relative"
          href={`?tab=capture&direction=in&proto=${protocol.toLowerCase()}&dport=${port}`}
        >
          {t('trace')}
          <span className="sr-only"> {port}</span>
        </Link>
      )}
    </span>
  );
}

function Purpose({ row }: { readonly row: PortRow }) {
  const t = useTranslations('podPage.ports');
  return (
    <span className="block py-1 whitespace-normal">
      <Phrase value={row.purpose} />
      {row.probes.map(({ container, probe, request, from, target }) => (
        <span key={`${container} ${probe}`} className="block text-ink-2">
          {target === undefined
            ? t('probe', { container, probe, request, from })
            : t('probeRewritten', { container, probe, request, from, target })}
        </span>
      ))}
      {row.notes.map((note) => (
        <span key={note.code} className="block text-ink-3">
          <Phrase value={note} />
        </span>
      ))}
      {row.clashes.map(({ kind, because }) => (
        <span key={`${kind} ${because.code}`} className="mt-0.5 flex items-baseline gap-1.5 text-state-refused">
          <StateBadge state="refused">{t('clash')}</StateBadge>
          <Phrase value={because} />
        </span>
      ))}
    </span>
  );
}

export function usePortColumns(): readonly Column<PortRow>[] {
  const t = useTranslations('podPage.ports.column');
  return [
    {
      id: 'port',
      header: t('port'),
      width: '112px',
      cell: ({ port, protocol, isAdded }) => (
        <span className="mono inline-flex items-baseline gap-1.5">
          <span aria-hidden="true" className={`w-2 ${isAdded ? 'text-accent' : ''}`}>
            {isAdded ? '+' : ''}
          </span>
          {isAdded && <span className="sr-only">{t('added')}</span>}
          <strong className={`font-semibold ${isAdded ? 'text-accent' : ''}`}>{port}</strong>
          <span className="text-ink-3">{protocol.toLowerCase()}</span>
        </span>
      ),
    },
    {
      id: 'process',
      header: t('process'),
      width: '148px',
      cell: ({ process, container }) => <ProcessName process={process} container={container} />,
    },
    {
      id: 'bind',
      header: t('bind'),
      width: '136px',
      hideBelow: 'md',
      cell: ({ bind }) => (bind === '' ? <span className="text-ink-3">{t('bindUnknown')}</span> : <code>{bind}</code>),
    },
    { id: 'purpose', header: t('purpose'), cell: (row) => <Purpose row={row} /> },
    { id: 'inbound', header: t('inbound'), width: '28%', cell: (row) => <Inbound row={row} /> },
  ];
}
