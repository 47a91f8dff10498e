import 'server-only';
import type { NamespaceAnswer } from '@/lib/api/namespace';
import type { ClusterSession } from '@/lib/cluster/session';
import type { KindId } from '@/lib/cluster/watched-kind';
import { buildLabelTruthTable } from '@/lib/core/injection/build-label-truth-table';
import { listEnableTargets } from '@/lib/core/injection/list-enable-targets';
import { listKindReach } from '@/lib/core/injection/list-kind-reach';
import { answerMeta, isReadIn } from './answer-meta';
import { toRow } from './build-namespaces-answer';
import { modelOf } from './injection-model';
import { requireNamespace } from './require-namespace';
import { toWorkloadRow } from './to-rows';

/** One namespace: its mode, its workloads, what its labels could say, and which kinds injection reaches. */
export function buildNamespaceAnswer(session: ClusterSession, name: string): NamespaceAnswer {
  const summary = requireNamespace(session, name);
  const configurations = modelOf(session).facts().configurations ?? [];
  const { context, workloads } = summary;
  const { labelsChanged, managedBy } = context.namespace ?? {};
  const { touched, untouched } = listKindReach(workloads, countOthers(session, name));
  const { columns, rows } = buildLabelTruthTable(name, context.labels ?? {}, configurations);
  return {
    namespace: toRow(summary),
    ...(labelsChanged === undefined ? {} : { labelsChanged }),
    ...(managedBy === undefined ? {} : { managedBy }),
    workloads: workloads.map(toWorkloadRow),
    targets: [...listEnableTargets(configurations)],
    truthTable: {
      columns: columns.map(({ column, labels }) => ({ column, labels: { ...labels } })),
      rows: rows.map(({ cells, ...row }) => ({ ...row, cells: [...cells] })),
    },
    reach: {
      touched: [...touched],
      untouched: untouched.map(({ objects, ...kind }) => ({ ...kind, ...(objects === undefined ? {} : { objects }) })),
    },
    meta: answerMeta(session, name),
  };
}

/** Kinds that injection leaves alone, counted where they are read; Secrets never are. */
function countOthers({ store }: ClusterSession, namespace: string) {
  const count = (id: KindId) => (isReadIn(store.state(id), namespace) ? store.count(id, namespace) : undefined);
  const [services, configMaps] = [count('services'), count('configmaps')];
  return {
    ...(services === undefined ? {} : { Service: services }),
    ...(configMaps === undefined ? {} : { ConfigMap: configMaps }),
  };
}
