import type { Result } from '@/lib/core/result';
import { applyToMessage, decodeMessage, MessageError } from './decode-message';
import { InjectionFault } from './injection-refusal';
import { isObject, type JsonObject, type JsonValue, objectAt, objectsAt, textAt } from './json-types';
import { parsePlainYaml } from './kube-yaml';
import type { Release } from './release';

const MESH = 'MeshConfig';
const PROXY = 'ProxyConfig';
const PROXY_CONFIG_ANNOTATION = 'proxy.istio.io/config';
const HEADERS_FROM_OLD = ['forwardedClientCert', 'requestId', 'attemptCount', 'server', 'envoyDebugHeaders'] as const;

/** Mesh-wide settings as canonical proto JSON, `defaultConfig` included. */
export type MeshConfig = JsonObject;
/** Settings of one proxy as canonical proto JSON. */
export type ProxyConfig = JsonObject;

/** A ProxyConfig resource, in the order of creation within its list. */
export interface ProxyConfigResource {
  readonly namespace: string;
  readonly spec: JsonObject;
}

/**
 * Reads the mesh config's text over the defaults that are built into a release.
 *
 * Input: YAML, empty for none. Output: canonical proto JSON.
 * Fails when the text is no YAML mapping or a field has a wrong type.
 * Source: Istio, pkg/config/mesh, ApplyMeshConfig.
 */
export function parseMeshConfig(text: string, release: Release): Result<MeshConfig> {
  const parsed = parsePlainYaml(text);
  if (!parsed.ok) return { ok: false, message: parsed.fault.message };
  if (parsed.value !== null && !isObject(parsed.value)) return { ok: false, message: 'mesh config: not a mapping' };
  try {
    return { ok: true, value: applyMesh(builtinMeshConfig(release), parsed.value ?? {}) };
  } catch (error) {
    if (error instanceof MessageError) return { ok: false, message: `mesh config, ${error.field}: ${error.message}` };
    throw error;
  }
}

function applyMesh(base: MeshConfig, given: JsonObject): MeshConfig {
  const applied = applyToMessage(base, given, MESH);
  const snake = (camel: string, proto: string): JsonValue | undefined => given[camel] ?? given[proto];
  const defaultConfig = snake('defaultConfig', 'default_config');
  const providers = snake('defaultProviders', 'default_providers');
  const aliases = [...new Set([...textList(base.trustDomainAliases), ...textList(applied.trustDomainAliases)])].sort();
  return {
    ...applied,
    defaultConfig: applyProxyConfig(objectAt(base, 'defaultConfig'), isObject(defaultConfig) ? defaultConfig : {}),
    defaultProviders: decodeMessage(isObject(providers) ? providers : {}, 'MeshConfig.DefaultProviders'),
    extensionProviders: mergeByName(objectsAt(base, 'extensionProviders'), objectsAt(applied, 'extensionProviders')),
    ...(aliases.length > 0 && { trustDomainAliases: aliases }),
  };
}

function textList(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function mergeByName(base: readonly JsonObject[], given: readonly JsonObject[]): readonly JsonObject[] {
  const byName = new Map(given.map((provider) => [textAt(provider, 'name'), provider]));
  const known = new Set(base.map((provider) => textAt(provider, 'name')));
  return [
    ...base.map((provider) => byName.get(textAt(provider, 'name')) ?? provider),
    ...given.filter((provider) => !known.has(textAt(provider, 'name'))),
  ];
}

/**
 * Applies settings over a proxy config: fields replace fields wholly, but metadata is overlaid and some headers are kept.
 *
 * Fails with a `MessageError` on a wrong type.
 * Source: Istio, pkg/config/mesh, ApplyProxyConfig.
 */
export function applyProxyConfig(base: ProxyConfig, given: JsonObject): ProxyConfig {
  const applied = applyToMessage(base, given, PROXY);
  const metadata = { ...objectAt(base, 'proxyMetadata'), ...objectAt(applied, 'proxyMetadata') };
  const headers = mergeHeaders(objectAt(base, 'proxyHeaders'), objectAt(applied, 'proxyHeaders'), applied.proxyHeaders);
  return {
    ...applied,
    ...(Object.keys(metadata).length > 0 && { proxyMetadata: metadata }),
    ...(headers !== undefined && { proxyHeaders: headers }),
  };
}

function mergeHeaders(old: JsonObject, given: JsonObject, present: JsonValue | undefined): JsonObject | undefined {
  if (present === undefined || Object.keys(old).length === 0) return undefined;
  const kept = HEADERS_FROM_OLD.flatMap((key) => {
    const value = given[key] === undefined ? old[key] : undefined;
    return value === undefined ? [] : [[key, value] as const];
  });
  return applyToMessage(Object.fromEntries(kept), given, 'ProxyConfig.ProxyHeaders');
}

/** Parses the annotation `proxy.istio.io/config` into an object; undefined where it is no mapping. */
export function parseProxyConfigText(text: string): Result<JsonObject> {
  const parsed = parsePlainYaml(text);
  if (!parsed.ok) return { ok: false, message: parsed.fault.message };
  if (parsed.value === null) return { ok: true, value: {} };
  if (isObject(parsed.value)) return { ok: true, value: parsed.value };
  return {
    ok: false,
    message: `json: cannot unmarshal ${jsonTypeName(parsed.value)} into Go value of type map[string]json.RawMessage`,
  };
}

function jsonTypeName(value: JsonValue): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/**
 * The proxy config of kube-inject: the mesh's, with the pod's annotation applied as it is written.
 *
 * Fails with an `InjectionFault` on an annotation that does not fit, before anything else is checked.
 */
export function kubeInjectProxyConfig(mesh: MeshConfig, annotations: Readonly<Record<string, string>>): ProxyConfig {
  const base = objectAt(mesh, 'defaultConfig');
  const text = annotations[PROXY_CONFIG_ANNOTATION];
  if (text === undefined) return base;
  const parsed = parseProxyConfigText(text);
  if (!parsed.ok) throw configFault(text, parsed.message);
  try {
    return applyProxyConfig(base, parsed.value);
  } catch (error) {
    if (error instanceof MessageError) throw configFault(text, error.message);
    throw error;
  }
}

function configFault(value: string, detail: string): InjectionFault {
  return new InjectionFault({
    code: 'annotation-invalid',
    values: { annotation: PROXY_CONFIG_ANNOTATION, value, detail },
    text: `could not parse proxy config: ${detail}`,
  });
}

/** A proxy config with the pod's annotation applied; one that does not parse is passed over. */
export function withAnnotation(base: ProxyConfig, annotations: Readonly<Record<string, string>>): ProxyConfig {
  const text = annotations[PROXY_CONFIG_ANNOTATION];
  if (text === undefined) return base;
  const parsed = parseProxyConfigText(text);
  return parsed.ok ? applyOrKeep(base, parsed.value) : base;
}

function applyOrKeep(base: ProxyConfig, given: JsonObject): ProxyConfig {
  try {
    return applyProxyConfig(base, given);
  } catch (error) {
    if (error instanceof MessageError) return base;
    throw error;
  }
}

/** What a pod says of itself to the layers of the webhook's proxy config. */
export interface LayeredPod {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/**
 * The proxy config of the webhook: mesh, then ProxyConfig resources of the root namespace and of the pod's, then the workload's own layer.
 *
 * A layer loses its zero values before it is applied, so an annotation cannot undo a mesh-wide `TPROXY`.
 * Source: Istio, pilot/pkg/model, proxyConfig.go.
 */
export function webhookProxyConfig(
  mesh: MeshConfig,
  pod: LayeredPod,
  resources: readonly ProxyConfigResource[],
): ProxyConfig {
  const root = textAt(mesh, 'rootNamespace');
  const global = resources.find(({ namespace, spec }) => namespace === root && !hasSelector(spec));
  const ofNamespace =
    pod.namespace === root
      ? undefined
      : resources.find(({ namespace, spec }) => namespace === pod.namespace && !hasSelector(spec));
  const ofWorkload = resources.find(({ namespace, spec }) => namespace === pod.namespace && selects(spec, pod.labels));
  const layers = [
    toLayer(global?.spec),
    toLayer(ofNamespace?.spec),
    applyOrKeep(withAnnotation({}, pod.annotations), toLayer(ofWorkload?.spec)),
  ];
  return layers.reduce(applyOrKeep, objectAt(mesh, 'defaultConfig'));
}

function hasSelector(spec: JsonObject): boolean {
  return isObject(spec.selector);
}

function selects(spec: JsonObject, labels: Readonly<Record<string, string>>): boolean {
  const wanted = Object.entries(objectAt(spec.selector, 'matchLabels'));
  return hasSelector(spec) && wanted.every(([key, value]) => labels[key] === value);
}

function toLayer(spec: JsonObject | undefined): ProxyConfig {
  if (spec === undefined) return {};
  const layer: JsonObject = {
    ...(spec.concurrency !== undefined && { concurrency: spec.concurrency }),
    ...(spec.environmentVariables !== undefined && { proxyMetadata: spec.environmentVariables }),
    ...(spec.image !== undefined && { image: spec.image }),
  };
  return applyOrKeep({}, layer);
}

function builtinMeshConfig(release: Release): MeshConfig {
  return {
    proxyListenPort: 15001,
    proxyInboundListenPort: 15006,
    connectTimeout: '10s',
    protocolDetectionTimeout: '0s',
    ingressClass: 'istio',
    ingressService: 'istio-ingressgateway',
    ingressControllerMode: 'STRICT',
    enableTracing: true,
    defaultConfig: decodeMessage(release.builtinProxyConfig, PROXY),
    outboundTrafficPolicy: { mode: 'ALLOW_ANY' },
    inboundTrafficPolicy: {},
    enableAutoMtls: true,
    trustDomain: 'cluster.local',
    defaultServiceExportTo: ['*'],
    defaultVirtualServiceExportTo: ['*'],
    defaultDestinationRuleExportTo: ['*'],
    rootNamespace: 'istio-system',
    localityLbSetting: { enabled: true },
    dnsRefreshRate: '60s',
    enablePrometheusMerge: true,
    defaultProviders: {},
    extensionProviders: [
      { name: 'prometheus', prometheus: {} },
      { name: 'stackdriver', stackdriver: {} },
      { name: 'envoy', envoyFileAccessLog: { path: '/dev/stdout' } },
    ],
  };
}
