'use client';
import { useTranslations } from 'next-intl';
import { Block } from '@/components/shared/block';
import { PodsBar } from '@/components/shared/pods-bar';
import { useResource } from '@/components/shared/use-resource';
import { type WorkloadRow, workloadsAnswerSchema } from '@/lib/api/namespaces';
import { NAMESPACE_KINDS } from './namespace-kinds';
import type { RestartTarget } from './restart-all';

interface RolloutProgressProps {
  readonly namespace: string;
  readonly workloads: readonly RestartTarget[];
}

function isDone({ rollout, counts }: WorkloadRow): boolean {
  if (rollout === undefined) return true;
  const { replicas, updated, ready, isObserved } = rollout;
  return isObserved && updated >= replicas && ready >= replicas && counts.total <= replicas;
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
        const rows = items.filter(({ kind, name }) => workloads.some((one) => one.kind === kind && one.name === name));
        const finished = rows.filter(isDone).length;
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
