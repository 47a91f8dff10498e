import 'server-only';
import type { WorkloadAnswer } from '@/lib/api/workload';
import { ClusterError } from '@/lib/cluster/cluster-error';
import type { ClusterSession } from '@/lib/cluster/session';
import type { Renderings, WorkloadVerdict } from '@/lib/core/injection/classify-workload';
import { explainShape } from '@/lib/core/injection/explain-pod';
import { listHazards } from '@/lib/core/injection/list-hazards';
import { listProblems } from '@/lib/core/injection/list-problems';
import { listRemedies } from '@/lib/core/injection/list-remedies';
import { listWantedChecks } from '@/lib/core/injection/reality/wanted-checks';
import { templateOf } from '@/lib/core/injection/resolve-workloads';
import type { NamespaceSummary } from '@/lib/core/injection/summarize-namespace';
import { RESTARTED_AT_ANNOTATION } from '@/lib/core/kube/names';
import { answerMeta } from './answer-meta';
import { modelOf } from './injection-model';
import { requireNamespace } from './require-namespace';
import { toGates, toHazards, toPodRow, toRendering, toWorkloadRow } from './to-rows';

/** One workload: its pods, its rollout, and what its next pod would meet. Throws ClusterError `not-found`. */
export async function buildWorkloadAnswer(
  session: ClusterSession,
  namespace: string,
  kind: string,
  name: string,
): Promise<WorkloadAnswer> {
  const asked = requireWorkload(requireNamespace(session, namespace), kind, name);
  await modelOf(session).checks().ensure(listWantedChecks(asked));
  const summary = requireNamespace(session, namespace);
  const verdict = requireWorkload(summary, kind, name);
  const next = describeNext(session, summary, verdict);
  const { refusal, workload } = verdict;
  return {
    workload: toWorkloadRow(verdict),
    ...(workload.record === undefined
      ? {}
      : { resourceVersion: workload.record.resourceVersion, rollout: toRollout(workload.record) }),
    mode: { ...summary.mode, notes: [...summary.mode.notes] },
    ...(next === undefined ? {} : { next }),
    ...(refusal === undefined ? {} : { refusal: toRefusal(refusal) }),
    pods: verdict.pods.map(toPodRow),
    problems: listProblems([{ context: summary.context, workloads: [verdict] }])
      .filter(({ objects }) => objects.some((object) => object.kind === kind && object.name === name))
      .map(({ cause, severity, title }) => ({ cause, severity, title })),
    meta: answerMeta(session, namespace),
  };
}

function requireWorkload({ name: namespace, workloads }: NamespaceSummary, kind: string, name: string) {
  const found = workloads.find(({ workload }) => workload.kind === kind && workload.name === name);
  if (found !== undefined) return found;
  throw new ClusterError('not-found', `${kind} "${name}" is not in namespace "${namespace}"; look at its workloads.`);
}

function describeNext(session: ClusterSession, { context }: NamespaceSummary, verdict: WorkloadVerdict) {
  const { next, workload, refusal, state } = verdict;
  const shape = templateOf(workload) ?? workload.pods[0];
  if (next === undefined || shape === undefined) return undefined;
  const model = modelOf(session);
  const rendering = next.servedBy && findNextRendering(model.checks().renderings, verdict, next.servedBy.revision);
  const sources = {
    controlPlanes: model.controlPlanes(),
    ...(refusal === undefined ? {} : { refusal }),
    ...(rendering === undefined ? {} : { rendering }),
  };
  const gates = explainShape(shape, context, sources);
  const [pod] = workload.pods;
  return {
    because: next.because,
    ...(next.servedBy === undefined ? {} : { servedBy: next.servedBy }),
    remedies: pod === undefined ? [] : [...listRemedies(state, next, pod, context)],
    gates: toGates(gates),
    hazards: toHazards(listHazards(next, context, sources)),
    ...toRendering(rendering),
  };
}

/** Of the next pod itself, else of those that run by the same template. */
function findNextRendering(renderings: Renderings, { workload, pods }: WorkloadVerdict, revision: string) {
  const ofPods = pods
    .filter(({ pod }) => pod.injection !== undefined)
    .map(({ pod }) => renderings.ofPod(pod, revision));
  return renderings.ofNext(workload, revision) ?? ofPods.find((found) => found?.kind === 'differs') ?? ofPods[0];
}

function toRollout(record: NonNullable<WorkloadVerdict['workload']['record']>) {
  const restartedAt = record.template.annotations[RESTARTED_AT_ANNOTATION];
  return {
    replicas: record.replicas,
    ready: record.readyReplicas,
    updated: record.updatedReplicas,
    isObserved: record.observedGeneration >= record.generation,
    isPaused: record.isPaused,
    ...(restartedAt === undefined ? {} : { restartedAt }),
  };
}

function toRefusal({ cause, because, message, count, at, remedies }: NonNullable<WorkloadVerdict['refusal']>) {
  return { cause, because, message, count, ...(at === undefined ? {} : { at }), remedies: [...remedies] };
}
