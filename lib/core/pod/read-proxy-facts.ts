import { readCaptureSettings } from '@/lib/core/capture/read-capture-settings';
import { INIT_CONTAINER, VALIDATION_CONTAINER } from '@/lib/core/kube/names';
import { parseQuantity } from '@/lib/core/kube/parse-quantity';
import type { Container, Pod } from '@/lib/core/kube/pod-types';
import { isJsonObject, type JsonObject, parseJson, toJsonObject, toText } from './json-value';
import { findProxy, type PlacedContainer, placeContainers } from './pod-containers';
import { DISCOVERY_ADDRESS_ANNOTATION, STATUS_PORT_ANNOTATION } from './pod-names.data';
import {
  ADMIN_PORT,
  DEFAULT_DISCOVERY_ADDRESS,
  INBOUND_PORT,
  METRICS_PORT,
  OUTBOUND_PORT,
  READINESS_PORT,
  STATUS_PORT,
} from './proxy-ports.data';

export type ProxyRole = 'sidecar' | 'gateway' | 'waypoint' | 'grpc-agent';

/** What an author writes who wants the injector to choose the image. */
const PLACEHOLDER_IMAGE = 'auto';

/** What a pod's own fields say about its proxy. Port 0 means switched off. */
export interface ProxyFacts {
  readonly role: ProxyRole;
  readonly placed: PlacedContainer;
  readonly isNative: boolean;
  /** From the image tag; absent when the tag is no release number. */
  readonly version?: readonly [major: number, minor: number];
  readonly interceptionMode: string;
  /** The container that writes or checks the rules. */
  readonly setup?: Container;
  readonly outboundPort: number;
  readonly inboundPort: number;
  readonly adminPort: number;
  readonly statusPort: number;
  readonly readinessPort: number;
  readonly metricsPort: number;
  readonly secureMetricsPorts: readonly number[];
  readonly tokenServerPort: number;
  readonly hasDnsCapture: boolean;
  readonly hasTunnel: boolean;
  /** Metrics in plain text are for callers inside the pod only. */
  readonly hasLocalMetrics: boolean;
  readonly caAddress: string;
  readonly discoveryAddress: string;
  /** Envoy's worker threads, each with its own socket per port; absent where the node's cores decide. */
  readonly workers?: number;
  readonly config: JsonObject;
}

/**
 * Reads the proxy's settings from a pod: arguments, environment, the proxy config that injection wrote, and annotations.
 *
 * Output: undefined where the pod has no istio-proxy container, or one that waits for injection to fill it in.
 * Source: Istio, pilot/cmd/pilot-agent/config, ConstructProxyConfig and applyAnnotations; pkg/bootstrap.
 */
export function readProxyFacts(pod: Pod): ProxyFacts | undefined {
  const placed = findProxy(pod.spec);
  if (placed === undefined || placed.container.image === PLACEHOLDER_IMAGE) return undefined;
  const { container } = placed;
  const config = toJsonObject(parseJson(readEnv(container, 'PROXY_CONFIG')));
  const setting = (name: string) => readEnv(container, name) ?? toText(toJsonObject(config.proxyMetadata)[name]);
  const annotations = pod.metadata.annotations ?? {};
  const capture = readCaptureSettings(pod);
  const setup = placeContainers(pod.spec).find(({ container: { name } }) => isSetup(name))?.container;
  const version = parseVersion(container.image ?? '');
  const workers = countWorkers(container, config);
  return {
    role: readRole(container, setting),
    placed,
    isNative: placed.list === 'initContainers',
    ...(version === undefined ? {} : { version }),
    interceptionMode: capture.interceptionMode,
    ...(setup === undefined ? {} : { setup }),
    outboundPort: Number(capture.config?.proxyPort ?? OUTBOUND_PORT),
    inboundPort: Number(capture.config?.inboundCapturePort ?? INBOUND_PORT),
    adminPort: toPort(config.proxyAdminPort) ?? ADMIN_PORT,
    statusPort: toPort(annotations[STATUS_PORT_ANNOTATION]) ?? toPort(config.statusPort) ?? STATUS_PORT,
    readinessPort: toPort(setting('ENVOY_STATUS_PORT')) ?? READINESS_PORT,
    metricsPort: toPort(setting('ENVOY_PROMETHEUS_PORT')) ?? METRICS_PORT,
    secureMetricsPorts: ['ENVOY_SECURE_METRICS_PORT', 'ENVOY_SECURE_MERGED_METRICS_PORT'].flatMap((name) => {
      const port = toPort(setting(name));
      return port === undefined || port === 0 ? [] : [port];
    }),
    tokenServerPort:
      toPort(container.args?.find((arg) => arg.startsWith('--stsPort='))?.slice('--stsPort='.length)) ?? 0,
    hasDnsCapture: setting('ISTIO_META_DNS_CAPTURE') === 'true',
    hasTunnel: setting('ISTIO_META_ENABLE_HBONE') === 'true',
    hasLocalMetrics: setting('METRICS_LOCALHOST_ACCESS_ONLY') === 'true',
    caAddress: readEnv(container, 'CA_ADDR') ?? '',
    discoveryAddress:
      annotations[DISCOVERY_ADDRESS_ANNOTATION] ?? toText(config.discoveryAddress) ?? DEFAULT_DISCOVERY_ADDRESS,
    ...(workers === undefined ? {} : { workers }),
    config,
  };
}

function isSetup(name: string): boolean {
  return name === INIT_CONTAINER || name === VALIDATION_CONTAINER;
}

function readEnv({ env }: Container, name: string): string | undefined {
  return env?.find((entry) => entry.name === name)?.value;
}

function readRole({ args = [] }: Container, setting: (name: string) => string | undefined): ProxyRole {
  if (setting('DISABLE_ENVOY') === 'true') return 'grpc-agent';
  if (args.includes('router')) return 'gateway';
  return args.includes('waypoint') ? 'waypoint' : 'sidecar';
}

function toPort(value: unknown): number | undefined {
  const port = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : value;
  return typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : undefined;
}

function parseVersion(image: string): readonly [number, number] | undefined {
  const match = /:v?(\d+)\.(\d+)(?:[.-]|$)/.exec(image);
  return match === null ? undefined : [Number(match[1]), Number(match[2])];
}

/** Source: Istio, pilot/cmd/pilot-agent/config, determineConcurrencyOption: the config, else the CPU limit rounded up. */
function countWorkers(container: Container, config: JsonObject): number | undefined {
  const { concurrency } = config;
  if (typeof concurrency === 'number' && concurrency > 0) return concurrency;
  if (concurrency === 0) return undefined;
  const isLimitRead = container.env?.some(
    ({ name, valueFrom }) => name === 'ISTIO_CPU_LIMIT' && isJsonObject(valueFrom),
  );
  const limit = parseQuantity(container.resources?.limits?.cpu);
  return isLimitRead && limit !== undefined && limit > 0 ? Math.ceil(limit) : undefined;
}
