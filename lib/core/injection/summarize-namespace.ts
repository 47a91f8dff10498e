import type { EventRecord, NamespaceRecord, PodRecord, WorkloadRecord } from '@/lib/core/kube/records';
import { classifyWorkload, indexEvents, type Renderings, type WorkloadVerdict } from './classify-workload';
import { addCounts } from './count-states';
import { listProblems, type Problem } from './list-problems';
import { buildNamespaceContext, type InjectionFacts, type NamespaceContext } from './namespace-context';
import type { StateCounts } from './pod-states';
import type { NamespaceMode } from './resolve-namespace-mode';
import { resolveWorkloads } from './resolve-workloads';

/** What is in a namespace, as far as its answer needs it. */
export interface NamespaceContents {
  readonly name: string;
  /** Undefined when it may not be read. */
  readonly namespace: NamespaceRecord | undefined;
  readonly workloads: readonly WorkloadRecord[];
  readonly pods: readonly PodRecord[];
  readonly events: readonly EventRecord[];
}

export interface NamespaceSummary {
  readonly name: string;
  readonly mode: NamespaceMode;
  readonly counts: StateCounts;
  readonly workloads: readonly WorkloadVerdict[];
  readonly problems: readonly Problem[];
  readonly context: NamespaceContext;
}

/**
 * Judges everything in one namespace.
 *
 * Input: the namespace's records and the facts of the cluster. Pure, so callers keep the result until a record of the namespace or the facts change.
 * Output: workloads by kind and name, counts over all pods, problems worst first.
 */
export function summarizeNamespace(
  contents: NamespaceContents,
  facts: InjectionFacts,
  renderings?: Renderings,
): NamespaceSummary {
  const context = buildNamespaceContext(contents.name, contents.namespace, facts);
  const eventsOf = indexEvents(contents.events);
  const workloads = resolveWorkloads(contents.workloads, contents.pods).map((workload) =>
    classifyWorkload(workload, context, eventsOf, renderings),
  );
  return {
    name: contents.name,
    mode: context.mode,
    counts: addCounts(workloads.map(({ counts }) => counts)),
    workloads,
    problems: listProblems([{ context, workloads }]),
    context,
  };
}
