import { numberAt, recordsAt, stringAt, valueAt } from '@/demo/server/json-access';
import type { KubeObject } from '@/demo/server/object-types';
import { containersAt } from './container-state';
import type { Controller, ControllerContext } from './controller';
import { durationText, type KubeletEvent, podText, pullEvents, startEvents, stopEvents } from './kubelet-events';
import { createNodeAddresses, type NodeAddresses } from './node-addresses';
import { controllerOf, keyOf, refOf, toTime } from './object-keys';
import { conditionOf, isFinished, isReady } from './pod-state';
import { buildPodStatus, isMissingImage, type NodeFacts, type PodStage } from './pod-status';

/** Names the container of a pod that keeps failing. */
export const CRASH_ANNOTATION = 'demo.sidelight/crash-loop';
/** How many seconds the work of a pod takes; without it a Job's pod takes `JOB_RUN_MS` and all others run for ever. */
export const RUNS_FOR_ANNOTATION = 'demo.sidelight/runs-for-seconds';
/** Any value makes the work of a pod end with exit code 1. */
export const FAILS_ANNOTATION = 'demo.sidelight/fails';

const JOB_RUN_MS = 3_000;
const FIRST_BACK_OFF_MS = 10_000;
const LAST_BACK_OFF_MS = 300_000;
/** Shares of the ready delay: from the node to the first container, and from the stop signal to the end. */
const START_SHARE = 0.4;
const STOP_SHARE = 0.5;

/** What the node remembers of a pod beside its status. */
interface Memory {
  readonly admittedAt: number;
  attempts: number;
  stoppingSince?: number;
  /** No look before this time; a deletion is acted on at once. */
  notBefore: number;
}

/** Plays every node's kubelet: starts the containers of its pods, reports them, stops them. */
class Kubelet implements Controller {
  readonly name = 'kubelet';
  private readonly context: ControllerContext;
  private readonly addresses: NodeAddresses;
  private readonly memories = new Map<string, Memory>();

  constructor(context: ControllerContext) {
    this.context = context;
    this.addresses = createNodeAddresses(context.store);
  }

  readonly initialKeys = () => this.context.store.list('pods').map((pod) => keyOf(pod.metadata));

  readonly keysOf: Controller['keysOf'] = ({ row, type, key, object, previous }) => {
    if (row.kind !== 'Pod') return [];
    if (type === 'DELETED') this.memories.delete(object.metadata.uid);
    const isStopped = previous?.metadata.deletionTimestamp !== object.metadata.deletionTimestamp;
    // Its own reports change the status only and need no second look.
    return type === 'ADDED' || (type === 'MODIFIED' && (isStopped || previous?.spec !== object.spec)) ? [key] : [];
  };

  readonly reconcile: Controller['reconcile'] = (key, queue) => {
    const pod = this.context.store.get('pods', refOf(key));
    const nodeName = stringAt(pod, 'spec', 'nodeName');
    if (pod === undefined || nodeName === undefined) return;
    if (this.context.store.get('nodes', { name: nodeName }) === undefined) return;
    const memory = this.recall(pod);
    const now = this.context.now();
    const isStopping = pod.metadata.deletionTimestamp !== undefined;
    if (!isStopping && now < memory.notBefore) return queue.addAfter(key, memory.notBefore - now);
    const waitMs = isStopping ? this.stop(pod, nodeName, memory) : this.advance(pod, nodeName, memory);
    if (waitMs === undefined) return;
    memory.notBefore = now + waitMs;
    queue.addAfter(key, waitMs);
  };

  private recall(pod: KubeObject): Memory {
    const known = this.memories.get(pod.metadata.uid);
    if (known !== undefined) return known;
    const startTime = stringAt(pod, 'status', 'startTime');
    const restarts = recordsAt(pod, 'status', 'containerStatuses').map(
      (status) => numberAt(status, 'restartCount') ?? 0,
    );
    const admittedAt = startTime === undefined ? this.context.now() : Date.parse(startTime);
    const fresh = { admittedAt, attempts: Math.max(0, ...restarts), notBefore: 0 };
    this.memories.set(pod.metadata.uid, fresh);
    return fresh;
  }

  /** Takes a pod one stage on. Returns how long to wait for the next, or undefined when there is none. */
  private advance(pod: KubeObject, nodeName: string, memory: Memory): number | undefined {
    if (isFinished(pod)) return undefined;
    const { readyDelayMs } = this.context;
    const elapsed = this.context.now() - memory.admittedAt;
    const until = (ms: number) => Math.max(1, ms - elapsed);
    if (stringAt(pod, 'status', 'startTime') === undefined) {
      this.report(pod, nodeName, { kind: 'creating', at: this.at() });
      return readyDelayMs * START_SHARE;
    }
    if (elapsed < readyDelayMs * START_SHARE) return until(readyDelayMs * START_SHARE);
    if (hasMissingImage(pod)) return this.failToPull(pod, nodeName, memory);
    if (firstStart(pod) === undefined) {
      this.tell(pod, nodeName, startEvents(pod));
      this.report(pod, nodeName, { kind: 'started', at: this.at() });
      return until(readyDelayMs);
    }
    if (elapsed < readyDelayMs) return until(readyDelayMs);
    const crashing = crashingContainer(pod);
    if (crashing !== undefined) return this.crash(pod, nodeName, memory, crashing);
    const startedAt = firstStart(pod) ?? this.at();
    const ready = isReady(pod) ? pod : this.report(pod, nodeName, { kind: 'ready', at: this.at(), startedAt });
    return this.finishWork(ready, nodeName, startedAt, elapsed);
  }

  private finishWork(pod: KubeObject, nodeName: string, startedAt: string, elapsed: number): number | undefined {
    const runMs = runTimeMs(pod);
    if (runMs === undefined || hasEndedWork(pod)) return undefined;
    const leftMs = this.context.readyDelayMs + runMs - elapsed;
    if (leftMs > 0) return leftMs;
    const isFailed = pod.metadata.annotations?.[FAILS_ANNOTATION] !== undefined;
    this.report(pod, nodeName, { kind: 'ending', at: this.at(), startedAt, isFailed });
    return undefined;
  }

  private failToPull(pod: KubeObject, nodeName: string, memory: Memory): number {
    const isBackingOff = memory.attempts > 0;
    this.tell(pod, nodeName, pullEvents(pod, isBackingOff));
    this.report(pod, nodeName, { kind: 'pull-failed', at: this.at(), isBackingOff });
    memory.attempts += 1;
    return isBackingOff ? backOffMs(memory.attempts) : this.context.readyDelayMs;
  }

  /** A container that fails soon after each start: up for the ready delay, then down for a growing wait. */
  private crash(pod: KubeObject, nodeName: string, memory: Memory, container: string): number {
    const status = recordsAt(pod, 'status', 'containerStatuses').find((candidate) => candidate.name === container);
    const isUp = valueAt(status, 'state', 'running') !== undefined;
    const waitMs = isUp ? backOffMs(memory.attempts) : this.context.readyDelayMs;
    if (!isUp) memory.attempts += 1;
    const text = `back-off ${durationText(waitMs)} restarting failed container=${container} pod=${podText(pod)}`;
    if (isUp) {
      const message = `Back-off restarting failed container ${container} in pod ${podText(pod)}`;
      this.tell(pod, nodeName, [
        { type: 'Warning', reason: 'BackOff', message, fieldPath: `spec.containers{${container}}` },
      ]);
    }
    const crash = { container, restarts: memory.attempts, isRunning: !isUp, backOff: text };
    const startedAt = stringAt(pod, 'status', 'startTime') ?? this.at();
    this.report(pod, nodeName, { kind: 'crashing', at: this.at(), startedAt, crash });
    return waitMs;
  }

  private stop(pod: KubeObject, nodeName: string, memory: Memory): number | undefined {
    const now = this.context.now();
    if (memory.stoppingSince === undefined) {
      memory.stoppingSince = now;
      if (!isFinished(pod)) this.tell(pod, nodeName, stopEvents(pod));
    }
    const graceMs = (pod.metadata.deletionGracePeriodSeconds ?? 30) * 1_000;
    const stopMs = isFinished(pod) ? 0 : Math.min(graceMs, this.context.readyDelayMs * STOP_SHARE);
    const leftMs = memory.stoppingSince + stopMs - now;
    if (leftMs > 0) return leftMs;
    this.context.store.delete('pods', pod.metadata, { gracePeriodSeconds: 0 });
    return undefined;
  }

  private report(pod: KubeObject, nodeName: string, stage: PodStage): KubeObject {
    const status = buildPodStatus(pod, this.factsOf(pod, nodeName), stage);
    return this.context.store.updateStatus('pods', { ...pod, status }, { manager: 'kubelet' });
  }

  private factsOf(pod: KubeObject, nodeName: string): NodeFacts {
    const hostIP = this.addresses.hostIP(nodeName);
    const own = pod.spec?.hostNetwork === true ? hostIP : stringAt(pod, 'status', 'podIP');
    return {
      hostIP,
      podIP: () => own ?? this.addresses.nextPodIP(nodeName),
      scheduledAt: stringAt(conditionOf(pod, 'PodScheduled'), 'lastTransitionTime') ?? this.at(),
    };
  }

  private tell(pod: KubeObject, nodeName: string, events: readonly KubeletEvent[]): void {
    for (const event of events) this.context.events.record(pod, { component: 'kubelet', host: nodeName, ...event });
  }

  private at(): string {
    return toTime(this.context.now());
  }
}

function backOffMs(attempts: number): number {
  return Math.min(FIRST_BACK_OFF_MS * 2 ** Math.min(attempts, 10), LAST_BACK_OFF_MS);
}

function hasMissingImage(pod: KubeObject): boolean {
  const parts = [...containersAt(pod, 'initContainers'), ...containersAt(pod, 'containers')];
  return parts.some((part) => isMissingImage(part.image));
}

function crashingContainer(pod: KubeObject): string | undefined {
  const name = pod.metadata.annotations?.[CRASH_ANNOTATION];
  return containersAt(pod, 'containers').find((part) => part.name === name)?.name;
}

/** When the first of its containers started, if any has. */
function firstStart(pod: KubeObject): string | undefined {
  const statuses = recordsAt(pod, 'status', 'containerStatuses');
  const starts = statuses.map(
    (status) =>
      stringAt(status, 'state', 'running', 'startedAt') ?? stringAt(status, 'lastState', 'terminated', 'startedAt'),
  );
  return starts.find((start) => start !== undefined);
}

function hasEndedWork(pod: KubeObject): boolean {
  return recordsAt(pod, 'status', 'containerStatuses').some(
    (status) => valueAt(status, 'state', 'terminated') !== undefined,
  );
}

/** How long the work of a pod takes, or undefined when it runs until it is stopped. */
export function runTimeMs(pod: KubeObject): number | undefined {
  const asked = Number(pod.metadata.annotations?.[RUNS_FOR_ANNOTATION] ?? Number.NaN);
  if (!Number.isNaN(asked)) return asked * 1_000;
  return controllerOf(pod)?.kind === 'Job' ? JOB_RUN_MS : undefined;
}

export function createKubelet(context: ControllerContext): Controller {
  return new Kubelet(context);
}
