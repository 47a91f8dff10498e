import 'server-only';
import type { PodAnswer } from '@/lib/api/pod-head';
import { ClusterError } from '@/lib/cluster/cluster-error';
import type { ClusterSession } from '@/lib/cluster/session';
import type { JudgedPod, Renderings, WorkloadVerdict } from '@/lib/core/injection/classify-workload';
import { explainPod } from '@/lib/core/injection/explain-pod';
import { isHazardPhrase } from '@/lib/core/injection/list-hazards';
import { listWantedChecks } from '@/lib/core/injection/reality/wanted-checks';
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

/** One pod: verdict, gates and where it belongs; rendered for this answer where it was not yet. */
export async function buildPodAnswer(session: ClusterSession, namespace: string, name: string): Promise<PodAnswer> {
  const model = modelOf(session);
  const asked = requirePod(requireNamespace(session, namespace), name);
  await model.checks().ensure(listWantedChecks({ ...asked.workload, pods: [asked.judged] }));
  const summary = requireNamespace(session, namespace);
  const { judged, workload } = requirePod(summary, name);
  const { pod } = judged;
  const template = templateOf(workload.workload);
  const rendering = findRendering(model.checks().renderings, judged, workload);
  const owners = new Set([pod.uid, ...(pod.owner === undefined ? [] : [pod.owner.uid])]);
  const explanation = explainPod(pod, summary.context, {
    controlPlanes: model.controlPlanes(),
    events: session.store.list('events', namespace).filter(({ involved }) => owners.has(involved.uid)),
    ...(template === undefined ? {} : { template }),
    ...(workload.refusal === undefined ? {} : { refusal: workload.refusal }),
    ...(rendering === undefined ? {} : { rendering }),
  });
  const { kind, name: workloadName, canRestart } = toWorkloadRow(workload);
  return {
    pod: toPodRow({ pod, verdict: explanation.verdict }),
    namespace,
    verdict: toVerdict(explanation, rendering),
    mode: { ...summary.mode, notes: summary.mode.notes.filter((note) => !isHazardPhrase(note)) },
    workload: { kind, name: workloadName, canRestart },
    serviceAccount: pod.serviceAccount,
    containers: [...pod.initContainers, ...pod.containers].map((container) => container.name),
    meta: answerMeta(session, namespace),
  };
}

/** Of the pod where it has a sidecar, else of the one that would take its place. */
function findRendering(renderings: Renderings, { pod, verdict }: JudgedPod, { workload }: WorkloadVerdict) {
  if (verdict.servedBy === undefined || verdict.answer !== 'yes') return undefined;
  const { revision } = verdict.servedBy;
  return pod.injection === undefined ? renderings.ofNext(workload, revision) : renderings.ofPod(pod, revision);
}
