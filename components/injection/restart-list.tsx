import { useTranslations } from 'next-intl';
import { Checkbox } from '@/components/shared/checkbox';
import { PodsBar } from '@/components/shared/pods-bar';
import { StateBadge } from '@/components/shared/state-badge';
import type { WorkloadRow } from '@/lib/api/namespaces';
import type { RestartTarget } from './restart-all';
import { mayBeChosen, type RestartRight } from './restart-right';

interface RestartListProps {
  readonly rows: readonly WorkloadRow[];
  readonly chosen: ReadonlySet<string>;
  readonly onChosen: (ids: ReadonlySet<string>) => void;
  readonly rightOf: (kind: string) => RestartRight;
}

export const restartId = ({ kind, name }: RestartTarget) => `${kind}/${name}`;

const ROW = 'flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-1.5 last:border-b-0';

/** The workloads that can be restarted, each with a box; one that the user may not restart says which right is missing. */
export function RestartList({ rows, chosen, onChosen, rightOf }: RestartListProps) {
  const t = useTranslations('namespace.restartDialog');
  const able = rows.filter(({ kind }) => mayBeChosen(rightOf(kind))).map(restartId);
  const isAll = able.length > 0 && able.every((id) => chosen.has(id));
  const change = (id: string, isOn: boolean) => {
    const next = new Set(chosen);
    if (isOn) next.add(id);
    else next.delete(id);
    onChosen(next);
  };
  const missing = new Set(
    rows.flatMap(({ kind }) => {
      const right = rightOf(kind);
      return right.kind === 'forbidden' ? [right.right] : [];
    }),
  );
  return (
    <>
      <ul className="mb-4 rounded-md border border-line">
        {rows.length > 1 && able.length > 0 && (
          <li className={`${ROW} bg-sunk`}>
            <Checkbox
              isLabelShown
              label={t('all', { count: able.length })}
              isChecked={isAll}
              isMixed={!isAll && able.some((id) => chosen.has(id))}
              onChange={(isOn) => onChosen(new Set(isOn ? able : []))}
            />
          </li>
        )}
        {rows.map((row) => {
          const { total: _total, ...states } = row.counts;
          const isOpen = mayBeChosen(rightOf(row.kind));
          return (
            <li key={restartId(row)} className={ROW}>
              <Checkbox
                label={t('one', { name: row.name })}
                isChecked={isOpen && chosen.has(restartId(row))}
                isDisabled={!isOpen}
                onChange={(isOn) => change(restartId(row), isOn)}
              />
              <span className="min-w-40 flex-1 truncate">
                <span className="text-ink-3">{row.kind}</span> <code>{row.name}</code>
              </span>
              <PodsBar counts={states} className="w-20" />
              <span className="w-28">
                <StateBadge state={row.state} />
              </span>
            </li>
          );
        })}
      </ul>
      {[...missing].map((right) => (
        <p key={right} className="text-state-missing">
          {t('noRight', { right })}
        </p>
      ))}
    </>
  );
}
