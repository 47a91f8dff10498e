import { matchesLabelSelector } from '@/lib/core/kube/label-selector';
import { DEFAULT_REVISION, REVISION_LABEL } from '@/lib/core/kube/names';
import type { EndpointSliceRecord, PodRecord, ServiceRecord, WorkloadRecord } from '@/lib/core/kube/records';
import type { Phrase } from '@/lib/core/phrase';
import { findProxyImage, isFinished } from './classify-pod';
import { imageTag } from './expected-image';
import type { InjectorConfig } from './parse-injector-config';
import type { InjectorWebhookConfiguration, WebhookTarget } from './parse-webhook-configurations';
import { say } from './say';

export type ControlPlaneHealth = 'serving' | 'degraded' | 'down' | 'absent' | 'external' | 'unknown';

/** What stands behind a webhook entry. */
export interface WebhookHealth {
  readonly health: ControlPlaneHealth;
  readonly because: Phrase;
  /** Ready endpoints of its service; undefined where services may not be read, or the target is a URL. */
  readonly endpoints: number | undefined;
}

export interface ControlPlaneWebhooks extends WebhookHealth {
  readonly name: string;
  readonly tag?: string;
  readonly isDeactivated: boolean;
  readonly failurePolicy: 'Fail' | 'Ignore';
  readonly target: string;
}

export interface ProxyVersion {
  readonly version: string;
  readonly count: number;
}

/** One istiod serving one revision, with what points at it. */
export interface ControlPlane {
  readonly revision: string;
  readonly tags: readonly string[];
  readonly namespace: string;
  readonly version: string;
  readonly image: string;
  readonly ready: number;
  readonly wanted: number;
  readonly deployments: readonly string[];
  readonly pods: readonly { readonly name: string; readonly nodeName: string; readonly isReady: boolean }[];
  readonly webhookConfigurations: readonly ControlPlaneWebhooks[];
  readonly health: ControlPlaneHealth;
  readonly because: Phrase;
  readonly isServing: boolean;
  /** Ready endpoints behind its webhooks; undefined where nothing tells. */
  readonly endpoints: number | undefined;
  readonly proxies: { readonly total: number; readonly byVersion: readonly ProxyVersion[] };
  /** The injector's ConfigMap, where it was read. */
  readonly injector?: Pick<InjectorConfig, 'configMap' | 'policy' | 'injectsByDefault'>;
}

/** The objects that tell of control planes. A list that may not be read is undefined, which is not the same as empty. */
export interface ControlPlaneSources {
  readonly configurations: readonly InjectorWebhookConfiguration[] | undefined;
  readonly deployments: readonly WorkloadRecord[] | undefined;
  readonly pods: readonly PodRecord[];
  readonly services: readonly ServiceRecord[] | undefined;
  readonly endpointSlices?: readonly EndpointSliceRecord[];
  readonly injectors?: ReadonlyMap<string, InjectorConfig>;
  /** Where the proxies are counted already; then `pods` need hold istiods only, if endpoint slices can be read. */
  readonly proxies?: ProxyTally;
}

/** Proxies by revision, then by version. */
export type ProxyTally = ReadonlyMap<string, ReadonlyMap<string, number>>;

const APP_LABEL = 'app';
const ISTIOD_APP = 'istiod';
const DISCOVERY_CONTAINER = 'discovery';
const VERSION_LABEL = 'operator.istio.io/version';

/**
 * Lists the control planes of a cluster.
 *
 * Input: webhook configurations, Deployments and pods labelled `app=istiod`, services, and all pods for the count of proxies.
 * Output: one per revision that a webhook, a Deployment or an istiod pod names, `default` first, then by name.
 * Never throws.
 */
export function listControlPlanes(sources: ControlPlaneSources): readonly ControlPlane[] {
  const istiods = sources.pods.filter(isIstiodPod);
  const deployments = (sources.deployments ?? []).filter(isIstiod);
  const revisions = new Set([
    ...(sources.configurations ?? []).map(({ revision }) => revision),
    ...deployments.map(revisionOf),
    ...istiods.map(revisionOf),
  ]);
  const proxies = sources.proxies ?? countProxies(sources.pods);
  return [...revisions].sort(compareRevisions).map((revision) =>
    buildControlPlane(revision, {
      sources,
      deployments: deployments.filter((deployment) => revisionOf(deployment) === revision),
      istiods: istiods.filter((pod) => revisionOf(pod) === revision),
      proxies: proxies.get(revision) ?? new Map(),
    }),
  );
}

/**
 * Says whether a webhook's target can answer: by the endpoints of its service, its port and its CA bundle.
 *
 * Output: `external` for a URL, which cannot be judged from the cluster's objects; `unknown` where services may not be read.
 */
function judgeWebhook(
  webhook: InjectorWebhookConfiguration['webhooks'][number],
  sources: Pick<ControlPlaneSources, 'services' | 'endpointSlices' | 'pods'>,
): WebhookHealth {
  const { target } = webhook;
  if (target.kind === 'url') {
    return { health: 'external', because: say('plane.external', { url: target.url }), endpoints: undefined };
  }
  const service = nameOfTarget(target);
  if (sources.services === undefined) {
    return { health: 'unknown', because: say('plane.services-unreadable'), endpoints: undefined };
  }
  const found = sources.services.find(({ name, namespace }) => name === target.name && namespace === target.namespace);
  const down = (because: Phrase): WebhookHealth => ({ health: 'down', because, endpoints: 0 });
  if (found === undefined) return down(say('plane.no-service', { service }));
  if (!found.ports.some(({ port }) => port === target.port)) {
    return down(say('plane.no-port', { service, port: String(target.port) }));
  }
  const endpoints = countEndpoints(found, sources);
  if (endpoints === 0) return down(say('plane.no-endpoints', { service }));
  if (!webhook.hasCaBundle) return { health: 'down', because: say('plane.no-ca', { service }), endpoints };
  return { health: 'serving', because: say('plane.serving', { service, count: endpoints }), endpoints };
}

function nameOfTarget(target: WebhookTarget): string {
  return target.kind === 'url' ? target.url : `${target.namespace}/${target.name}:${target.port}`;
}

function countEndpoints(
  service: ServiceRecord,
  { endpointSlices, pods }: Pick<ControlPlaneSources, 'endpointSlices' | 'pods'>,
): number {
  const slices = endpointSlices?.filter(
    ({ namespace, serviceName }) => namespace === service.namespace && serviceName === service.name,
  );
  if (slices !== undefined) return slices.reduce((sum, slice) => sum + slice.readyEndpoints, 0);
  if (Object.keys(service.selector).length === 0) return 0;
  const selector = { matchLabels: service.selector };
  return pods.filter(
    (pod) => pod.namespace === service.namespace && pod.isReady && matchesLabelSelector(selector, pod.labels),
  ).length;
}

interface Parts {
  readonly sources: ControlPlaneSources;
  readonly deployments: readonly WorkloadRecord[];
  readonly istiods: readonly PodRecord[];
  readonly proxies: ReadonlyMap<string, number>;
}

function buildControlPlane(revision: string, { sources, deployments, istiods, proxies }: Parts): ControlPlane {
  const configurations = (sources.configurations ?? []).filter((configuration) => configuration.revision === revision);
  const webhookConfigurations = configurations.map((configuration) => toWebhooks(configuration, sources));
  const image = findImage(deployments, istiods);
  const ready = istiods.filter(({ isReady }) => isReady).length;
  const wanted = sources.deployments === undefined ? istiods.length : sum(deployments.map(({ replicas }) => replicas));
  const active = webhookConfigurations.filter(({ isDeactivated }) => !isDeactivated);
  const judged = judgePlane(active, ready, wanted);
  const injector = sources.injectors?.get(revision);
  return {
    revision,
    tags: configurations.flatMap(({ tag }) => tag ?? []).sort(),
    namespace: deployments[0]?.namespace ?? istiods[0]?.namespace ?? namespaceOfTarget(configurations),
    version: imageTag(image) || versionLabel(deployments),
    image,
    ready,
    wanted,
    deployments: deployments.map(({ name }) => name),
    pods: istiods.map(({ name, nodeName, isReady }) => ({ name, nodeName, isReady })),
    webhookConfigurations,
    ...judged,
    isServing: judged.health === 'serving' || judged.health === 'degraded',
    proxies: toProxies(proxies),
    ...(injector && {
      injector: {
        configMap: injector.configMap,
        policy: injector.policy,
        injectsByDefault: injector.injectsByDefault,
      },
    }),
  };
}

function judgePlane(
  active: readonly ControlPlaneWebhooks[],
  ready: number,
  wanted: number,
): Pick<ControlPlane, 'health' | 'because' | 'endpoints'> {
  const [worst] = [...active].sort((a, b) => SEVERITY.indexOf(b.health) - SEVERITY.indexOf(a.health));
  if (worst !== undefined && (worst.health === 'down' || worst.health === 'external' || worst.health === 'unknown')) {
    const { health, because, endpoints } = worst;
    return { health: health === 'unknown' && ready > 0 ? 'serving' : health, because, endpoints };
  }
  const endpoints = worst?.endpoints;
  if (ready === 0 && wanted === 0 && worst === undefined) {
    return { health: 'absent', because: say('plane.absent'), endpoints };
  }
  if (ready === 0 && worst === undefined)
    return { health: 'down', because: say('plane.none-ready', { wanted }), endpoints };
  if (ready < wanted) return { health: 'degraded', because: say('plane.some-ready', { ready, wanted }), endpoints };
  if (worst === undefined) return { health: 'serving', because: say('plane.no-webhook'), endpoints };
  return { health: worst.health, because: worst.because, endpoints };
}

const SEVERITY: readonly ControlPlaneHealth[] = ['serving', 'degraded', 'unknown', 'external', 'absent', 'down'];

function toWebhooks(configuration: InjectorWebhookConfiguration, sources: ControlPlaneSources): ControlPlaneWebhooks {
  const [webhook] = configuration.webhooks;
  const health: WebhookHealth =
    webhook === undefined
      ? { health: 'down', because: say('plane.no-webhook'), endpoints: 0 }
      : judgeWebhook(webhook, sources);
  return {
    name: configuration.name,
    ...(configuration.tag !== undefined && { tag: configuration.tag }),
    isDeactivated: configuration.isDeactivated,
    failurePolicy: webhook?.failurePolicy ?? 'Fail',
    target: webhook === undefined ? '' : nameOfTarget(webhook.target),
    ...health,
  };
}

function namespaceOfTarget(configurations: readonly InjectorWebhookConfiguration[]): string {
  const target = configurations[0]?.webhooks[0]?.target;
  return target?.kind === 'service' ? target.namespace : '';
}

function isIstiod(workload: WorkloadRecord): boolean {
  return workload.labels[APP_LABEL] === ISTIOD_APP;
}

function revisionOf(record: Pick<PodRecord, 'labels'>): string {
  return record.labels[REVISION_LABEL] || DEFAULT_REVISION;
}

function findImage(deployments: readonly WorkloadRecord[], istiods: readonly PodRecord[]): string {
  const containers = deployments[0]?.template.containers ?? istiods[0]?.containers ?? [];
  return (containers.find(({ name }) => name === DISCOVERY_CONTAINER) ?? containers[0])?.image ?? '';
}

function versionLabel(deployments: readonly WorkloadRecord[]): string {
  return deployments[0]?.labels[VERSION_LABEL] ?? '';
}

/** Running proxies by revision and version. */
export function countProxies(pods: readonly PodRecord[]): ProxyTally {
  const byRevision = new Map<string, Map<string, number>>();
  for (const pod of pods) {
    const image = findProxyImage(pod);
    if (image === undefined || isFinished(pod)) continue;
    addProxies(byRevision, pod.injection?.revision || revisionOf(pod), imageTag(image) || '–', 1);
  }
  return byRevision;
}

/** The sum of what was counted apart. */
export function sumProxies(tallies: Iterable<ProxyTally>): ProxyTally {
  const total = new Map<string, Map<string, number>>();
  for (const tally of tallies) {
    for (const [revision, versions] of tally) {
      for (const [version, count] of versions) addProxies(total, revision, version, count);
    }
  }
  return total;
}

function addProxies(into: Map<string, Map<string, number>>, revision: string, version: string, count: number): void {
  const versions = into.get(revision) ?? new Map<string, number>();
  into.set(revision, versions);
  versions.set(version, (versions.get(version) ?? 0) + count);
}

/** An istiod that runs, or is about to. */
export function isIstiodPod(pod: PodRecord): boolean {
  return pod.labels[APP_LABEL] === ISTIOD_APP && !isFinished(pod);
}

function toProxies(versions: ReadonlyMap<string, number>): ControlPlane['proxies'] {
  const byVersion = [...versions].map(([version, count]) => ({ version, count })).sort((a, b) => b.count - a.count);
  return { total: sum(byVersion.map(({ count }) => count)), byVersion };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function compareRevisions(a: string, b: string): number {
  if (a === b) return 0;
  if (a === DEFAULT_REVISION) return -1;
  return b === DEFAULT_REVISION || a > b ? 1 : -1;
}
