import { formatCpu, formatMemory } from '@/lib/core/kube/parse-quantity';
import type { Pod } from '@/lib/core/kube/pod-types';
import { type ChangeGroup, isClusterOrigin, isInjectionOrigin, type PodChange } from './change-types';
import { listPorts } from './list-ports';
import { sumPodRequests } from './pod-requests';
import type { WrittenPod } from './written-pod';

/** What injection added, net of what it took away; the numbers above the change list. */
export interface PodChangeSummary {
  readonly containers: number;
  readonly listeningPorts: number;
  readonly env: number;
  readonly volumes: number;
  readonly mounts: number;
  readonly annotations: number;
  readonly labels: number;
  readonly probesRewritten: number;
  /** What the scheduler reserves more than before, e.g. `100m` and `128Mi`; empty when nothing. */
  readonly cpuRequest: string;
  readonly memoryRequest: string;
  /** Changes that every pod of a cluster gets: API server, scheduler, controllers. */
  readonly byOthers: number;
  /** Changes whose maker is not known: another webhook, or a hand. */
  readonly unknown: number;
}

/** Counts a change list; listening ports and requests come from the two pods themselves. */
export function summariseChanges(written: WrittenPod, pod: Pod, changes: readonly PodChange[]): PodChangeSummary {
  const injected = changes.filter(({ origin }) => isInjectionOrigin(origin));
  const count = (group: ChangeGroup, isCounted: (change: PodChange) => boolean = () => true) => {
    const own = injected.filter((change) => change.group === group && isCounted(change));
    return own.filter(({ kind }) => kind === 'added').length - own.filter(({ kind }) => kind === 'removed').length;
  };
  const before = sumPodRequests(written.template.spec);
  const after = sumPodRequests(pod.spec);
  const cpu = after.cpuCores - before.cpuCores;
  const memory = after.memoryBytes - before.memoryBytes;
  return {
    containers: count('containers', ({ id }) => id.endsWith('/container')),
    listeningPorts: countPorts(pod) - countPorts(toPod(written, pod)),
    env: count('env'),
    volumes: count('volumes'),
    mounts: count('mounts'),
    annotations: count('annotations'),
    labels: count('labels'),
    probesRewritten: injected.filter(({ origin, group }) => group === 'probes' && origin === 'probe-rewrite').length,
    cpuRequest: Math.round(cpu * 1000) === 0 ? '' : formatCpu(cpu),
    memoryRequest: memory === 0 ? '' : formatMemory(memory),
    byOthers: changes.filter(({ origin }) => isClusterOrigin(origin)).length,
    unknown: changes.filter(({ origin }) => origin === 'unknown').length,
  };
}

/** The pod as it would run as written: the same name and addresses. */
export function toPod(written: WrittenPod, pod: Pod): Pod {
  const { template } = written;
  return {
    metadata: {
      ...pod.metadata,
      labels: template.metadata?.labels ?? {},
      annotations: template.metadata?.annotations ?? {},
    },
    ...(template.spec === undefined ? {} : { spec: template.spec }),
    ...(pod.status === undefined ? {} : { status: pod.status }),
  };
}

/** Init containers that end are not there to listen. */
const countPorts = (pod: Pod) => listPorts(pod).filter(({ endsEarly }) => endsEarly !== true).length;
