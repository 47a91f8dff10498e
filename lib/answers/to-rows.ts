import 'server-only';
import type { WorkloadRow } from '@/lib/api/namespaces';
import type { PodRow, Verdict } from '@/lib/api/workload';
import type { JudgedPod, WorkloadVerdict } from '@/lib/core/injection/classify-workload';
import type { Gate, PodExplanation } from '@/lib/core/injection/explain-pod';
import { type Hazard, isHazardPhrase } from '@/lib/core/injection/list-hazards';
import type { RenderingCheck } from '@/lib/core/injection/reality/rendering-check';
import type { WorkloadRecord } from '@/lib/core/kube/records';
import { isRolloutKind } from '@/lib/core/kube/rollout-kinds';

export function toWorkloadRow({ workload, state, because, counts, asWanted, revisions }: WorkloadVerdict): WorkloadRow {
  const { kind, apiVersion, name, namespace, createdAt, record } = workload;
  return {
    kind,
    apiVersion,
    name,
    namespace,
    createdAt,
    state,
    because,
    counts,
    asWanted,
    revisions: [...revisions],
    canRestart: record !== undefined && isRolloutKind(kind),
    ...(record === undefined || !isRolloutKind(kind) ? {} : { rollout: toRollout(record) }),
  };
}

function toRollout(record: WorkloadRecord) {
  return {
    replicas: record.replicas,
    updated: record.updatedReplicas,
    ready: record.readyReplicas,
    generation: record.generation,
    isObserved: record.observedGeneration >= record.generation,
  };
}

export function toPodRow({ pod, verdict }: JudgedPod): PodRow {
  return {
    name: pod.name,
    state: verdict.state,
    because: verdict.because,
    ...(verdict.revision === undefined ? {} : { revision: verdict.revision }),
    ...(verdict.proxyImage === undefined ? {} : { proxyImage: verdict.proxyImage }),
    phase: pod.reason === '' ? pod.phase : pod.reason,
    ready: pod.readyContainers,
    containers: pod.totalContainers,
    restarts: pod.restarts,
    nodeName: pod.nodeName,
    podIP: pod.podIP,
    createdAt: pod.createdAt,
    isTerminating: verdict.isTerminating,
  };
}

export function toGates(gates: readonly Gate[]): Verdict['gates'] {
  return gates.map(({ seen, ...gate }) => ({ ...gate, seen: [...seen] }));
}

export function toHazards(hazards: readonly Hazard[]): Verdict['hazards'] {
  return hazards.map((hazard) => ({ ...hazard }));
}

export function toRendering(rendering: RenderingCheck | undefined): Pick<Verdict, 'rendering'> {
  if (rendering === undefined) return {};
  switch (rendering.kind) {
    case 'differs':
      return { rendering: { kind: 'differs', differences: [...rendering.differences] } };
    case 'refused':
      return { rendering: { kind: 'refused', reasons: [...rendering.reasons] } };
    case 'rendered':
    case 'same':
    case 'unchecked':
      return { rendering };
  }
}

export function toVerdict({ verdict, gates, hazards }: PodExplanation, rendering?: RenderingCheck): Verdict {
  return {
    state: verdict.state,
    because: verdict.because,
    notes: verdict.notes.filter((note) => !isHazardPhrase(note)),
    ...(verdict.servedBy === undefined ? {} : { servedBy: verdict.servedBy }),
    remedies: [...verdict.remedies],
    gates: toGates(gates),
    hazards: toHazards(hazards),
    ...toRendering(rendering),
  };
}
