import { readObject } from '@/lib/cluster/read-object';
import type { ClusterSession } from '@/lib/cluster/session';
import type { KindId } from '@/lib/cluster/watched-kind';
import { POD_MAKERS } from '@/lib/cluster/workload-kinds.data';
import { answerInjection } from '@/lib/core/injection/answer-injection';
import type { JudgedPod, WorkloadVerdict } from '@/lib/core/injection/classify-workload';
import type { JsonObject } from '@/lib/core/injection/engine/json-types';
import { explainPod, explainShape } from '@/lib/core/injection/explain-pod';
import { listHazards } from '@/lib/core/injection/list-hazards';
import { listRemedies, remedyOfNamespace } from '@/lib/core/injection/list-remedies';
import type { PodMaker } from '@/lib/core/injection/reality/rendered-pod';
import { templateOf } from '@/lib/core/injection/resolve-workloads';
import { type NamespaceSummary, summarizeNamespace } from '@/lib/core/injection/summarize-namespace';
import { InputError, UsageError } from './command';
import { type ClusterFacts, readContents } from './explain-cluster';
import type { Render } from './explain-manifests';
import { decide, type Explained, settleBecause } from './explained';

const KINDS: ReadonlyMap<string, { readonly kind: string; readonly id: KindId }> = new Map(
  (
    [
      ['pod', 'Pod', 'pods', 'pods', 'po'],
      ['deployment', 'Deployment', 'deployments', 'deployments', 'deploy'],
      ['replicaset', 'ReplicaSet', 'replicasets', 'replicasets', 'rs'],
      ['statefulset', 'StatefulSet', 'statefulsets', 'statefulsets', 'sts'],
      ['daemonset', 'DaemonSet', 'daemonsets', 'daemonsets', 'ds'],
      ['job', 'Job', 'jobs', 'jobs', 'job'],
      ['cronjob', 'CronJob', 'cronjobs', 'cronjobs', 'cj'],
      ['replicationcontroller', 'ReplicationController', 'replicationcontrollers', 'replicationcontrollers', 'rc'],
      ['namespace', 'Namespace', 'namespaces', 'namespaces', 'ns'],
    ] as const
  ).flatMap(([singular, kind, id, ...others]) => [singular, ...others].map((word) => [word, { kind, id }] as const)),
);
/** A kind as people write it, `deploy` as well as `deployments`. */
export function readKind(word: string): { readonly kind: string; readonly id: KindId } {
  const found = KINDS.get(word.toLowerCase());
  if (found !== undefined) return found;
  throw new UsageError(`"${word}" is no kind that is explained; give pod, deployment, statefulset … or namespace`);
}

interface Asked {
  readonly kind: string;
  readonly id: KindId;
  readonly name: string;
  readonly namespace: string;
}

/** Explains one object of a cluster; a namespace with every workload in it. Throws an InputError where it is not there. */
export async function explainLive(
  session: ClusterSession,
  asked: Asked,
  cluster: ClusterFacts,
  render: Render,
): Promise<readonly Explained[]> {
  const namespace = asked.kind === 'Namespace' ? asked.name : asked.namespace;
  const summary = summarizeNamespace(await readContents(session, namespace), cluster.facts);
  const about: About = { session, summary, cluster, render };
  if (asked.kind === 'Namespace') {
    const workloads = await Promise.all(summary.workloads.map((one) => explainWorkload(about, one)));
    return [explainNamespace(summary, cluster), ...workloads.map((one) => ({ ...one, isBrief: true as const }))];
  }
  if (asked.kind === 'Pod') {
    for (const workload of summary.workloads) {
      const judged = workload.pods.find(({ pod }) => pod.name === asked.name);
      if (judged !== undefined) return [await explainOnePod(about, judged, workload)];
    }
  }
  const found = summary.workloads.find(({ workload }) => workload.kind === asked.kind && workload.name === asked.name);
  if (found !== undefined) return [await explainWorkload(about, found)];
  const known = summary.workloads.map(({ workload }) => `${workload.kind}/${workload.name}`).slice(0, MOST_NAMED);
  const there = known.length === 0 ? 'nothing' : known.join(', ');
  throw new InputError(`there is no ${asked.kind} "${asked.name}" in namespace "${namespace}"; it has ${there}`);
}

const MOST_NAMED = 8;

interface About {
  readonly session: ClusterSession;
  readonly summary: NamespaceSummary;
  readonly cluster: ClusterFacts;
  readonly render: Render;
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);

const ORDINARY = { labels: {}, annotations: {}, hostNetwork: false };

function explainNamespace(
  { context, mode, name, workloads, counts }: NamespaceSummary,
  { controlPlanes }: ClusterFacts,
): Explained {
  return {
    kind: 'Namespace',
    namespace: '',
    name,
    decision: mode.kind === 'sidecar' ? 'injected' : mode.kind === 'unknown' ? 'unknown' : 'not-injected',
    because: mode.because,
    ...(mode.servedBy === null ? {} : { servedBy: mode.servedBy }),
    pods: { asWanted: sumOf(workloads.map(({ asWanted }) => asWanted)), total: counts.total },
    gates: explainShape(ORDINARY, context, { controlPlanes }),
    hazards: listHazards(answerInjection(ORDINARY, context), context, { controlPlanes }),
    remedies: mode.kind === 'sidecar' ? [] : remedyOfNamespace(context),
  };
}

async function explainOnePod(about: About, { pod }: JudgedPod, workload: WorkloadVerdict): Promise<Explained> {
  const { context } = about.summary;
  const answer = answerInjection(pod, context);
  const { owner } = pod;
  const running = await readWhole(about, 'pods', pod.name);
  const makerId = owner && POD_MAKERS[owner.kind];
  const made = owner && makerId && (await readWhole(about, makerId, owner.name));
  const maker: PodMaker | undefined = owner && made ? { kind: owner.kind, object: made } : undefined;
  const isInjected = pod.injection !== undefined;
  const rendering =
    answer.kind === 'yes' && answer.servedBy !== undefined && running !== undefined
      ? about.render(answer.servedBy.revision, {
          namespace: pod.namespace,
          namespaceAnnotations: context.namespace?.annotations ?? {},
          ...(isInjected ? { running } : {}),
          ...(maker === undefined ? (isInjected ? {} : { maker: { kind: 'Pod', object: running } }) : { maker }),
        })
      : undefined;
  const template = templateOf(workload.workload);
  const { verdict, gates, hazards } = explainPod(pod, context, {
    controlPlanes: about.cluster.controlPlanes,
    ...(template === undefined ? {} : { template }),
    ...(rendering === undefined ? {} : { rendering }),
  });
  return {
    kind: 'Pod',
    namespace: pod.namespace,
    name: pod.name,
    decision: decide(answer, rendering),
    because: settleBecause(answer, rendering),
    ...(answer.servedBy === undefined ? {} : { servedBy: answer.servedBy }),
    state: verdict.state,
    standing: verdict.because,
    gates,
    hazards,
    remedies: verdict.remedies,
    ...(rendering === undefined ? {} : { rendering }),
  };
}

async function explainWorkload(about: About, verdict: WorkloadVerdict): Promise<Explained> {
  const { workload, next, refusal, state, pods, because } = verdict;
  const { kind, name, namespace } = workload;
  const [bare] = pods;
  const shape = templateOf(workload) ?? bare?.pod;
  if (kind === 'Pod' && bare !== undefined) return explainOnePod(about, bare, verdict);
  const isStanding = verdict.counts.total > 0;
  const place = {
    kind,
    namespace,
    name,
    ...(isStanding
      ? { state, standing: because, pods: { asWanted: verdict.asWanted, total: verdict.counts.total } }
      : {}),
  };
  if (next === undefined || shape === undefined) {
    return { ...place, decision: 'unknown', because, gates: [], hazards: [], remedies: [] };
  }
  const { context } = about.summary;
  const { id } = readKind(kind);
  const object = next.kind === 'yes' && next.servedBy ? await readWhole(about, id, name) : undefined;
  const rendering =
    object && next.servedBy
      ? about.render(next.servedBy.revision, {
          namespace,
          namespaceAnnotations: context.namespace?.annotations ?? {},
          maker: { kind, object },
        })
      : undefined;
  const sources = {
    controlPlanes: about.cluster.controlPlanes,
    ...(refusal === undefined ? {} : { refusal }),
    ...(rendering === undefined ? {} : { rendering }),
  };
  return {
    ...place,
    decision: decide(next, rendering, refusal !== undefined && refusal.concernsInjection === 'yes'),
    because: refusal?.because ?? settleBecause(next, rendering),
    ...(next.servedBy === undefined ? {} : { servedBy: next.servedBy }),
    gates: explainShape(shape, context, sources),
    hazards: listHazards(next, context, sources),
    remedies:
      refusal?.remedies ??
      bare?.verdict.remedies ??
      listRemedies('not-injected', next, { labels: shape.labels }, context),
    ...(rendering === undefined ? {} : { rendering }),
  };
}

/** Undefined where it is gone or may not be read: then it is not rendered. */
async function readWhole({ session, summary }: About, id: KindId, name: string): Promise<JsonObject | undefined> {
  try {
    const object: JsonObject = JSON.parse(JSON.stringify(await readObject(session, id, summary.name, name)));
    return object;
  } catch {
    return undefined;
  }
}
