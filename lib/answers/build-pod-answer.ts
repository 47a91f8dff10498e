import 'server-only';
import type { PodAnswer } from '@/lib/api/pod-head';
import { ClusterError } from '@/lib/cluster/cluster-error';
import type { ClusterSession } from '@/lib/cluster/session';
import { explainPod } from '@/lib/core/injection/explain-pod';
import { templateOf } from '@/lib/core/injection/resolve-workloads';
import type { NamespaceSummary } from '@/lib/core/injection/summarize-namespace';
import { answerMeta } from './answer-meta';
import { modelOf } from './injection-model';
import { requireNamespace } from './require-namespace';
import { toPodRow, toVerdict, toWorkloadRow } from './to-rows';

/** A pod that the snapshot has, with its workload. Throws ClusterError `not-found`. */
export function requirePod({ name: namespace, workloads }: NamespaceSummary, name: string) {
  for (const workload of workloads) {
    const judged = workload.pods.find(({ pod }) => pod.name === name);
    if (judged !== undefined) return { judged, workload };
  }
  const hint = 'A workload gives its pods new names when it replaces them; look at the workloads of the namespace.';
  throw new ClusterError('not-found', `Pod "${name}" is not in namespace "${namespace}". ${hint}`);
}

/** One pod: verdict, gates and where it belongs. */
export function buildPodAnswer(session: ClusterSession, namespace: string, name: string): PodAnswer {
  const summary = requireNamespace(session, namespace);
  const { judged, workload } = requirePod(summary, name);
  const { pod } = judged;
  const template = templateOf(workload.workload);
  const owners = new Set([pod.uid, ...(pod.owner === undefined ? [] : [pod.owner.uid])]);
  const { verdict, gates } = explainPod(pod, summary.context, {
    controlPlanes: modelOf(session).controlPlanes(),
    events: session.store.list('events', namespace).filter(({ involved }) => owners.has(involved.uid)),
    ...(template === undefined ? {} : { template }),
    ...(workload.refusal === undefined ? {} : { refusal: workload.refusal }),
  });
  const { kind, name: workloadName, canRestart } = toWorkloadRow(workload);
  return {
    pod: toPodRow(judged),
    namespace,
    verdict: toVerdict(verdict, gates),
    mode: { ...summary.mode, notes: [...summary.mode.notes] },
    workload: { kind, name: workloadName, canRestart },
    serviceAccount: pod.serviceAccount,
    containers: [...pod.initContainers, ...pod.containers].map((container) => container.name),
    meta: answerMeta(session, namespace),
  };
}
