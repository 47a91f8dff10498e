import { randomUUID } from 'node:crypto';
import { containersAt } from '@/demo/controllers/container-state';
import { CRASH_ANNOTATION, runTimeMs } from '@/demo/controllers/kubelet';
import { applyLimitRanges } from '@/demo/controllers/limit-range';
import type { NodeAddresses } from '@/demo/controllers/node-addresses';
import { toTime } from '@/demo/controllers/object-keys';
import { buildPodStatus, isMissingImage, type NodeFacts, type PodStage } from '@/demo/controllers/pod-status';
import { type NodePicker, zoneLabels } from '@/demo/controllers/scheduler';
import type { PodPlugins } from '@/demo/server/admission';
import { admitPod } from '@/demo/server/admit-pod';
import { ApiError } from '@/demo/server/api-error';
import { applyDefaults } from '@/demo/server/default-object';
import { generateName } from '@/demo/server/generate-name';
import { recordsAt, stringAt } from '@/demo/server/json-access';
import { matchesWebhook } from '@/demo/server/match-webhook';
import type { JsonObject, KubeObject, NewObject } from '@/demo/server/object-types';
import { parseObject } from '@/demo/server/parse-object';
import type { Store } from '@/demo/server/store';
import { validateCreate } from '@/demo/server/validate-object';
import { refusalText } from '@/demo/webhook/answer-review';
import type { ClusterClock } from './cluster-clock';
import type { ClusterInjectors } from './cluster-injectors';
import { ReplicaInjector } from './inject-replicas';

export interface PodSeederSettings {
  readonly store: Store;
  readonly clock: ClusterClock;
  readonly plugins: PodPlugins;
  readonly picker: NodePicker;
  readonly addresses: NodeAddresses;
  readonly injectors: ClusterInjectors;
}

interface InjectingSettings extends PodSeederSettings {
  readonly replicas: ReplicaInjector;
}

const CONFIGURATIONS = 'mutatingwebhookconfigurations.admissionregistration.k8s.io';

/**
 * Creates a pod in the middle of its life: admitted, injected in-process, on a node and running since the clock's time.
 *
 * The steps are those of the API server, so that what it refuses is refused here in the same words.
 */
export function createPodSeeder(settings: PodSeederSettings): (pod: NewObject) => KubeObject {
  const { store, clock, plugins, picker, addresses } = settings;
  const row = store.kind('pods');
  const injecting = { ...settings, replicas: new ReplicaInjector() };
  return (input) => {
    const draft = structuredClone(input);
    applyDefaults(row, draft);
    applyLimitRanges(store, draft);
    admitPod(store, draft);
    const pod = inject(injecting, draft);
    if (pod !== draft) {
      applyDefaults(row, pod);
      admitPod(store, pod);
    }
    pod.metadata.name ??= generateName(pod.metadata.generateName ?? '');
    validateCreate(row, pod);
    plugins.validate(pod);
    const node = picker.pick(pod);
    if (node === undefined) return store.create('pods', { ...pod, status: { phase: 'Pending' } });
    const nodeName = node.metadata.name;
    picker.noteAdded(nodeName);
    pod.spec = { ...pod.spec, nodeName };
    pod.metadata.labels = { ...pod.metadata.labels, ...zoneLabels(node) };
    const hostIP = addresses.hostIP(nodeName);
    const podIP = pod.spec.hostNetwork === true ? hostIP : addresses.nextPodIP(nodeName);
    const facts = { hostIP, podIP: () => podIP, scheduledAt: toTime(clock.now()) };
    return store.create('pods', { ...pod, status: statusOf(asStored(pod, facts.scheduledAt), facts) });
  };
}

/** The pod with the metadata that the store gives it, which its status depends on. */
function asStored(pod: NewObject, at: string): KubeObject {
  const uid = randomUUID();
  pod.metadata.uid = uid;
  const given = { name: pod.metadata.name ?? '', uid, resourceVersion: '', creationTimestamp: at, generation: 1 };
  return { ...pod, metadata: { ...pod.metadata, ...given } };
}

function statusOf(pod: KubeObject, facts: NodeFacts): JsonObject {
  return buildPodStatus(pod, facts, stageOf(pod, facts.scheduledAt));
}

function stageOf(pod: KubeObject, at: string): PodStage {
  const parts = [...containersAt(pod, 'initContainers'), ...containersAt(pod, 'containers')];
  if (parts.some((part) => isMissingImage(part.image))) return { kind: 'pull-failed', at, isBackingOff: true };
  const container = pod.metadata.annotations?.[CRASH_ANNOTATION];
  if (container !== undefined) {
    const backOff = `back-off 5m0s restarting failed container=${container} pod=${pod.metadata.name}_${pod.metadata.namespace ?? ''}(${pod.metadata.uid})`;
    return { kind: 'crashing', at, startedAt: at, crash: { container, restarts: 41, isRunning: false, backOff } };
  }
  if (runTimeMs(pod) !== undefined) return { kind: 'ending', at, startedAt: at, isFailed: false };
  return { kind: 'ready', at, startedAt: at };
}

/** Calls the matching injectors, configurations by name and their entries in order. */
function inject(settings: InjectingSettings, pod: NewObject): NewObject {
  const { store } = settings;
  let current = pod;
  for (const configuration of store.list(CONFIGURATIONS)) {
    for (const webhook of recordsAt(configuration, 'webhooks')) {
      const admitted = {
        store,
        row: store.kind('pods'),
        operation: 'CREATE',
        object: current,
        previous: undefined,
      } as const;
      if (matchesWebhook(webhook, admitted)) current = callInjector(settings, webhook, current);
    }
  }
  return current;
}

function callInjector(settings: InjectingSettings, webhook: JsonObject, pod: NewObject): NewObject {
  const service = stringAt(webhook, 'clientConfig', 'service', 'name') ?? '';
  const injector = settings.injectors.of(service);
  const asked = injector === undefined ? undefined : settings.replicas.inject(injector, pod);
  if (asked === undefined) {
    if (webhook.failurePolicy === 'Ignore') return pod;
    throw new ApiError('InternalError', unreachable(stringAt(webhook, 'name') ?? '', service));
  }
  switch (asked.answer.kind) {
    case 'skipped':
      return pod;
    case 'injected':
      return parseObject(JSON.parse(asked.pod));
    case 'refused': {
      const message = `admission webhook "${stringAt(webhook, 'name') ?? ''}" denied the request: ${refusalText(asked.answer)}`;
      throw new ApiError('', message, undefined, 400);
    }
  }
}

function unreachable(webhook: string, service: string): string {
  const url = `https://${service}.istio-system.svc:443/inject?timeout=10s`;
  return `Internal error occurred: failed calling webhook "${webhook}": failed to call webhook: Post "${url}": connect: connection refused`;
}
