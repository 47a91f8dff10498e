'use client';
import { useTranslations } from 'next-intl';
import { Block } from '@/components/shared/block';
import { PodsBar } from '@/components/shared/pods-bar';
import { useResource } from '@/components/shared/use-resource';
import { type WorkloadRow, workloadsAnswerSchema } from '@/lib/api/namespaces';
import { NAMESPACE_KINDS } from './namespace-kinds';
import type { RestartedWorkload } from './restart-all';

interface RolloutProgressProps {
  readonly namespace: string;
  readonly workloads: readonly RestartedWorkload[];
}

/** Whether the rollout of this restart has ended; rows from before the restart say nothing of it. */
function isDone({ rollout, counts }: WorkloadRow, restarted: number): boolean {
  if (rollout === undefined) return true;
  const { replicas, updated, ready, isObserved, generation } = rollout;
  return generation >= restarted && isObserved && updated >= replicas && ready >= replicas && counts.total <= replicas;
}

/** Follows workloads that were restarted, pod by pod, until every one runs its new pods. */
export function RolloutProgress({ namespace, workloads }: RolloutProgressProps) {
  const t = useTranslations('toggle.rollout');
  const data = useResource(
    `/api/v1/namespaces/${encodeURIComponent(namespace)}/workloads?limit=500`,
    workloadsAnswerSchema,
    NAMESPACE_KINDS,
    { namespace },
  );
  return (
    <Block data={data} title={t('title')}>
      {({ items }) => {
        const generationOf = ({ kind, name }: WorkloadRow) =>
          workloads.find((one) => one.kind === kind && one.name === name)?.generation;
        const rows = items.filter((row) => generationOf(row) !== undefined);
        const finished = rows.filter((row) => isDone(row, generationOf(row) ?? 0)).length;
        return (
          <>
            <p role="status" className="mb-2 text-ink-2">
              {t(finished === rows.length ? 'finished' : 'running', { done: finished, count: rows.length })}
            </p>
            <ul className="rounded-md border border-line">
              {rows.map((row) => {
                const { total: _total, ...states } = row.counts;
                return (
                  <li
                    key={`${row.kind}/${row.name}`}
                    className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-3 py-2 last:border-b-0"
                  >
                    <span className="min-w-48 flex-1">
                      <span className="text-ink-3">{row.kind}</span> <code>{row.name}</code>
                    </span>
                    <PodsBar counts={states} />
                    <span className="w-40 text-right text-ink-2">
                      {row.rollout === undefined
                        ? '–'
                        : t('updated', { updated: row.rollout.updated, replicas: row.rollout.replicas })}
                    </span>
                  </li>
                );
              })}
            </ul>
          </>
        );
      }}
    </Block>
  );
}
