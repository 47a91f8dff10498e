import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { PreviewExport } from '@/components/preview/preview-export';
import { type Becomes, countBecomes, isRestartable, type TableRow } from '@/components/preview/preview-rows';
import { PreviewStatus } from '@/components/preview/preview-status';
import { PreviewTable } from '@/components/preview/preview-table';
import { PreviewTotals } from '@/components/preview/preview-totals';
import type { PreviewStream } from '@/components/preview/use-preview-stream';
import { UsedInjectors } from '@/components/preview/used-injectors';
import { WarningList } from '@/components/preview/warning-list';
import { Checkbox } from '@/components/shared/checkbox';
import { FilterChip } from '@/components/shared/filter-chip';
import type { InjectionActionName } from '@/lib/api/injection';

interface PlannedWorkloadsProps {
  readonly namespace: string;
  readonly action: InjectionActionName;
  readonly revision: string | undefined;
  readonly rows: readonly TableRow[];
  readonly stream: PreviewStream;
  readonly restarts: ReadonlySet<string>;
  readonly onRestarts: (ids: ReadonlySet<string>) => void;
}

/** What becomes of each workload, as the engine renders it row by row, and which are restarted with the switch. */
export function PlannedWorkloads(props: PlannedWorkloadsProps) {
  const { namespace, action, revision, rows, stream, restarts, onRestarts } = props;
  const t = useTranslations('preview');
  const tBecomes = useTranslations('toggle.becomes');
  const [shown, setShown] = useState<Becomes>();
  if (rows.length === 0) return <p className="text-ink-2">{t('none')}</p>;
  const counts = countBecomes(rows);
  const filter = counts.some(([becomes]) => becomes === shown) ? shown : undefined;
  const able = rows.filter(isRestartable);
  const chosen = able.filter(({ id }) => restarts.has(id));
  const choose = (id: string, isOn: boolean) => {
    const next = new Set(restarts);
    if (isOn) next.add(id);
    else next.delete(id);
    onRestarts(next);
  };
  return (
    <>
      <PreviewStatus
        stream={stream}
        planned={rows.length}
        actions={<PreviewExport namespace={namespace} stream={stream} />}
      />
      <PreviewTotals action={action} totals={stream.totals} isWhole={stream.status === 'done'} />
      {counts.length > 1 && (
        <div className="mt-3 flex flex-wrap items-center gap-2">
          {counts.map(([becomes, count]) => (
            <FilterChip
              key={becomes}
              isOn={filter === becomes}
              onToggle={() => setShown(filter === becomes ? undefined : becomes)}
            >
              {t('filter', { becomes: tBecomes(becomes), count })}
            </FilterChip>
          ))}
        </div>
      )}
      <PreviewTable
        namespace={namespace}
        assumed={{ action, revision }}
        rows={filter === undefined ? rows : rows.filter(({ becomes }) => becomes === filter)}
        isAwaited={stream.status === 'streaming'}
        chosen={restarts}
        onChoose={choose}
      />
      {able.length > 0 && (
        <p className="mt-2">
          <Checkbox
            isLabelShown
            label={t('restart.all', { count: able.length })}
            isChecked={chosen.length === able.length}
            isMixed={chosen.length > 0 && chosen.length < able.length}
            onChange={(isOn) => onRestarts(new Set(isOn ? able.map(({ id }) => id) : []))}
          />
        </p>
      )}
      {stream.start !== undefined && (
        <div className="mt-3 flex flex-col gap-1">
          <UsedInjectors injectors={stream.start.injectors} />
          <WarningList phrases={stream.start.notes} state="unknown" />
        </div>
      )}
    </>
  );
}
