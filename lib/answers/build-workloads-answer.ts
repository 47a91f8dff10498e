import 'server-only';
import type { WorkloadsAnswer, WorkloadsQuery } from '@/lib/api/namespaces';
import { sortWorkloads } from '@/lib/api/sort-workloads';
import type { ClusterSession } from '@/lib/cluster/session';
import { answerMeta } from './answer-meta';
import { requireNamespace } from './require-namespace';
import { toWorkloadRow } from './to-rows';

/** The workloads of a namespace that match, sorted, one page of them. */
export function buildWorkloadsAnswer(
  session: ClusterSession,
  namespace: string,
  query: WorkloadsQuery,
): WorkloadsAnswer {
  const all = requireNamespace(session, namespace).workloads.map(toWorkloadRow);
  const search = query.search.trim().toLowerCase();
  const found = all
    .filter(({ name, kind }) => name.includes(search) || kind.toLowerCase().includes(search))
    .filter(({ state }) => query.state === undefined || state === query.state);
  const matching = sortWorkloads(found, query.sort);
  const from = query.continue === undefined ? 0 : Number(query.continue);
  const next = from + query.limit;
  return {
    items: matching.slice(from, next),
    list: { total: matching.length, all: all.length, ...(next < matching.length ? { continue: String(next) } : {}) },
    meta: answerMeta(session, namespace),
  };
}
