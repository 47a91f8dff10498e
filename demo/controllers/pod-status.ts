import { recordsAt, stringMapAt, valueAt } from '@/demo/server/json-access';
import type { JsonObject, KubeObject } from '@/demo/server/object-types';
import { type ContainerPart, type ContainerState, containersAt, toContainerStatus } from './container-state';

/** The states of a pod that a kubelet reports, one after the other. */
export type PodStage =
  | { readonly kind: 'creating'; readonly at: string }
  | { readonly kind: 'pull-failed'; readonly at: string; readonly isBackingOff: boolean }
  | { readonly kind: 'started'; readonly at: string }
  | { readonly kind: 'ready'; readonly at: string; readonly startedAt: string }
  | { readonly kind: 'crashing'; readonly at: string; readonly startedAt: string; readonly crash: Crash }
  | { readonly kind: 'ending'; readonly at: string; readonly startedAt: string; readonly isFailed: boolean };

export interface Crash {
  readonly container: string;
  readonly restarts: number;
  readonly isRunning: boolean;
  readonly backOff: string;
}

export interface NodeFacts {
  readonly hostIP: string;
  /** Asked for once the pod has its network. */
  readonly podIP: () => string;
  readonly scheduledAt: string;
}

/** Images that no registry has; `auto` is what a gateway is left with when nobody injected it. */
export function isMissingImage(image: string): boolean {
  return image.includes('does-not-exist') || image === 'auto';
}

/** Containers that serve until they are told to stop, whatever the pod's work is. */
function isServer(part: ContainerPart): boolean {
  return part.name === 'istio-proxy' && !part.isInit;
}

function stateOf(part: ContainerPart, pod: KubeObject, stage: PodStage): ContainerState {
  const inits = containersAt(pod, 'initContainers');
  const waiting =
    !part.isInit && inits.length > 0 ? 'PodInitializing' : part.isInit ? 'PodInitializing' : 'ContainerCreating';
  switch (stage.kind) {
    case 'creating':
      return { kind: 'waiting', reason: waiting };
    case 'pull-failed':
      return pullFailed(part, inits, stage, waiting);
    case 'started':
      return part.isInit && !part.isSidecar ? done(stage.at, stage.at) : running(stage.at, part.isSidecar);
    case 'ready':
      return part.isInit && !part.isSidecar ? done(stage.startedAt, stage.startedAt) : running(stage.startedAt, true);
    case 'crashing':
      if (part.isInit && !part.isSidecar) return done(stage.startedAt, stage.startedAt);
      return part.name === stage.crash.container ? crashed(stage.crash, stage.at) : running(stage.startedAt, true);
    case 'ending':
      if (isServer(part)) return running(stage.startedAt, true);
      return { ...done(stage.startedAt, stage.at), exitCode: stage.isFailed && !part.isInit ? 1 : 0 };
  }
}

function done(startedAt: string, finishedAt: string): ContainerState & { kind: 'ended' } {
  return { kind: 'ended', exitCode: 0, startedAt, finishedAt };
}

function running(startedAt: string, isReady: boolean): ContainerState {
  return { kind: 'running', startedAt, isReady };
}

function crashed(crash: Crash, at: string): ContainerState {
  const last = { exitCode: 1, startedAt: at, finishedAt: at };
  if (crash.isRunning)
    return { kind: 'running', startedAt: at, isReady: false, ...(crash.restarts > 0 ? { last } : {}) };
  return { kind: 'waiting', reason: 'CrashLoopBackOff', message: crash.backOff, last };
}

function pullFailed(
  part: ContainerPart,
  inits: readonly ContainerPart[],
  stage: { readonly at: string; readonly isBackingOff: boolean },
  waiting: string,
): ContainerState {
  const blocking = inits.findIndex((init) => isMissingImage(init.image));
  const place = inits.findIndex((init) => init.name === part.name);
  if (part.isInit && (blocking === -1 || place < blocking)) {
    return part.isSidecar ? running(stage.at, true) : done(stage.at, stage.at);
  }
  if (isMissingImage(part.image) && (part.isInit ? place === blocking : blocking === -1)) {
    const reason = stage.isBackingOff ? 'ImagePullBackOff' : 'ErrImagePull';
    const message = stage.isBackingOff ? `Back-off pulling image "${part.image}"` : pullError(part.image);
    return { kind: 'waiting', reason, message };
  }
  return blocking === -1 && !part.isInit ? running(stage.at, true) : { kind: 'waiting', reason: waiting };
}

export function pullError(image: string): string {
  return `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`;
}

interface PodConditions {
  readonly initialized: boolean;
  readonly ready: boolean;
  readonly isCompleted: boolean;
  readonly hasSandbox: boolean;
}

function conditions(pod: KubeObject, facts: NodeFacts, at: string, state: PodConditions): JsonObject[] {
  const generation = pod.metadata.generation ?? 1;
  const make = (type: string, isTrue: boolean, why?: JsonObject): JsonObject => {
    const known = recordsAt(pod, 'status', 'conditions').find((condition) => condition.type === type);
    const status = isTrue ? 'True' : 'False';
    const lastTransitionTime = known?.status === status ? known.lastTransitionTime : at;
    return { type, observedGeneration: generation, status, lastProbeTime: null, lastTransitionTime, ...why };
  };
  const completed = state.isCompleted ? { reason: 'PodCompleted' } : undefined;
  const lacking = (parts: readonly ContainerPart[], word: string) =>
    `containers with ${word} status: [${parts.map((part) => part.name).join(' ')}]`;
  const notReady = {
    reason: 'ContainersNotReady',
    message: lacking(containersAt(pod, 'containers'), 'unready'),
  };
  const notInitialized = {
    reason: 'ContainersNotInitialized',
    message: lacking(containersAt(pod, 'initContainers'), 'incomplete'),
  };
  const whyNotReady = completed ?? notReady;
  return [
    make('PodReadyToStartContainers', state.hasSandbox),
    make('Initialized', state.initialized, state.initialized ? completed : notInitialized),
    make('Ready', state.ready, state.ready ? undefined : whyNotReady),
    make('ContainersReady', state.ready, state.ready ? undefined : whyNotReady),
    {
      type: 'PodScheduled',
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: facts.scheduledAt,
    },
  ];
}

/** The status of a pod at a stage of its life, as its kubelet would report it. */
export function buildPodStatus(pod: KubeObject, facts: NodeFacts, stage: PodStage): JsonObject {
  const { uid } = pod.metadata;
  const restartsOf = (part: ContainerPart) =>
    stage.kind === 'crashing' && part.name === stage.crash.container ? stage.crash.restarts : 0;
  const statuses = (list: 'containers' | 'initContainers') =>
    containersAt(pod, list).map((part) => toContainerStatus(uid, part, stateOf(part, pod, stage), restartsOf(part)));
  const inits = statuses('initContainers');
  const mains = statuses('containers');
  const hasServer = containersAt(pod, 'containers').some(isServer);
  const isOver = stage.kind === 'ending' && !hasServer;
  const isInitialized =
    stage.kind !== 'creating' && inits.every((status) => valueAt(status, 'state', 'waiting') === undefined);
  const podIP = stage.kind === 'creating' ? undefined : facts.podIP();
  return {
    observedGeneration: pod.metadata.generation ?? 1,
    phase: phaseOf(stage, isOver, isInitialized),
    conditions: conditions(pod, facts, stage.at, {
      initialized: isInitialized || containersAt(pod, 'initContainers').length === 0,
      ready: stage.kind === 'ready',
      isCompleted: isOver && stage.kind === 'ending' && !stage.isFailed,
      hasSandbox: podIP !== undefined && !isOver,
    }),
    hostIP: facts.hostIP,
    hostIPs: [{ ip: facts.hostIP }],
    ...(podIP === undefined ? {} : { podIP, podIPs: [{ ip: podIP }] }),
    startTime: valueAt(pod, 'status', 'startTime') ?? facts.scheduledAt,
    ...(inits.length > 0 ? { initContainerStatuses: inits } : {}),
    containerStatuses: mains,
    qosClass: qosClassOf(pod),
  };
}

function phaseOf(stage: PodStage, isOver: boolean, isInitialized: boolean): string {
  if (isOver) return stage.kind === 'ending' && stage.isFailed ? 'Failed' : 'Succeeded';
  if (stage.kind === 'creating' || !isInitialized) return 'Pending';
  return stage.kind === 'pull-failed' ? 'Pending' : 'Running';
}

/** Guaranteed if all containers have equal requests and limits of both resources, BestEffort if none has any. */
function qosClassOf(pod: KubeObject): string {
  const all = [...recordsAt(pod, 'spec', 'containers'), ...recordsAt(pod, 'spec', 'initContainers')];
  const pairs = all.map((container) => ({
    requests: stringMapAt(container, 'resources', 'requests'),
    limits: stringMapAt(container, 'resources', 'limits'),
  }));
  const isEmpty = (map: object) => Object.keys(map).length === 0;
  if (pairs.every(({ requests, limits }) => isEmpty(requests) && isEmpty(limits))) return 'BestEffort';
  const isGuaranteed = ({ requests, limits }: { requests: Record<string, string>; limits: Record<string, string> }) =>
    ['cpu', 'memory'].every((name) => limits[name] !== undefined && (requests[name] ?? limits[name]) === limits[name]);
  return pairs.every(isGuaranteed) ? 'Guaranteed' : 'Burstable';
}
