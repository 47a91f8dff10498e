import { dump, load } from 'js-yaml';
import { type ControlPlane, DEFAULT_PLANE, MISSION_PLANE } from '@/demo/scenarios/control-plane';
import { injectorConfigMap, meshConfigMap } from '@/demo/scenarios/injector-config-map';
import { ISTIO_VERSION } from '@/testbed/programs.data';
import type { Configuration, NamedProxyConfig } from './case-types';
import { LAB_TEMPLATES } from './lab-templates.data';

type Tree = Record<string, unknown>;

interface Change {
  readonly plane?: ControlPlane;
  /** Laid over the config; null removes a key. */
  readonly config?: Tree;
  readonly values?: Tree;
  readonly mesh?: Tree;
  readonly proxyConfigs?: readonly NamedProxyConfig[];
  /** Stands for the whole text, whatever the demo's own says. */
  readonly texts?: Partial<Pick<Configuration, 'config' | 'values'>>;
}

const SELECTORS = {
  neverInjectSelector: [
    {},
    { matchLabels: { batch: 'yes' } },
    { matchExpressions: [{ key: 'quiet', operator: 'Exists' }] },
  ],
  alwaysInjectSelector: [{ matchExpressions: [{ key: 'tier', operator: 'In', values: ['front', 'back'] }] }],
};

const proxyConfig = (name: string, namespace: string, spec: Tree): NamedProxyConfig => ({ name, namespace, spec });
const PROXY_CONFIGS: readonly NamedProxyConfig[] = [
  proxyConfig('a-root', 'istio-system', { concurrency: 4, environmentVariables: { ROOT: '1', SHARED: 'root' } }),
  proxyConfig('b-shop', 'shop', { environmentVariables: { SHARED: 'shop' }, image: { imageType: 'distroless' } }),
  proxyConfig('c-till', 'shop', {
    selector: { matchLabels: { app: 'till' } },
    concurrency: 0,
    environmentVariables: { SHARED: 'till', TILL: '1' },
  }),
  proxyConfig('d-second-of-shop', 'shop', { environmentVariables: { SECOND: '1' } }),
  proxyConfig('e-last', 'elsewhere', { environmentVariables: { LAST: '1' } }),
];

const CHANGES: Readonly<Record<string, Change>> = {
  present: {},
  classic: { plane: MISSION_PLANE },
  cni: { values: { pilot: { cni: { enabled: true } } } },
  multus: { values: { global: { logAsJson: true }, pilot: { cni: { enabled: true, provider: 'multus' } } } },
  tuned: {
    values: {
      global: {
        caAddress: 'ca.example:15012',
        hub: 'registry.example/mesh',
        imagePullPolicy: 'Always',
        imagePullSecrets: ['first-key', 'second-key'],
        meshID: 'mesh-one',
        multiCluster: { clusterName: 'east' },
        network: 'network-one',
        proxy: {
          excludeIPRanges: '10.9.0.0/16',
          excludeInboundPorts: '9000',
          excludeOutboundPorts: '25',
          holdApplicationUntilProxyStarts: true,
          includeOutboundPorts: '443',
          outlierLogPath: '/dev/stdout',
          resources: {},
          startupProbe: { enabled: false },
        },
        proxy_init: { forceApplyIptables: true },
        tag: 1.1,
        variant: 'distroless',
      },
      sidecarInjectorWebhook: { rewriteAppHTTPProbe: false },
    },
  },
  'mesh-tproxy': {
    mesh: {
      defaultConfig: {
        concurrency: 3,
        holdApplicationUntilProxyStarts: true,
        image: { imageType: 'debug' },
        interceptionMode: 'TPROXY',
        proxyMetadata: { FIRST: 'one', SECOND: 'two <&>', ISTIO_META_ENABLE_HBONE: 'true' },
        statsdUdpAddress: 'statsd:9125',
        statusPort: 15_022,
        tracing: { sampling: 12.5, zipkin: { address: 'zipkin.tracing:9411' } },
      },
    },
  },
  'mesh-local': {
    mesh: {
      defaultConfig: { drainDuration: '50s', proxyMetadata: { ENVOY_SECURE_MERGED_METRICS_PORT: '15091' } },
      enablePrometheusMerge: false,
      inboundTrafficPolicy: { mode: 'LOCALHOST' },
      proxyInboundListenPort: 15_106,
      proxyListenPort: 15_101,
      trustDomain: 'example.org',
    },
  },
  lab: {
    config: {
      aliases: { pair: ['label', 'mark'], label: ['mark'] },
      injectedAnnotations: { 'example.org/injected': 'yes', 'prometheus.io/port': '1' },
      templates: LAB_TEMPLATES,
    },
  },
  'two-defaults': { config: { defaultTemplates: ['sidecar', 'mark'], templates: { mark: LAB_TEMPLATES.mark } } },
  selective: { config: { ...SELECTORS } },
  'policy-off': { config: { ...SELECTORS, policy: 'disabled' } },
  'policy-odd': { config: { policy: 'sometimes' } },
  'no-templates': { texts: { config: 'policy: enabled\ntemplates: {}\n' } },
  resources: { proxyConfigs: PROXY_CONFIGS },
};

/** How a running istiod answers the marker's pod under configurations that cannot show the marker. */
const OTHER_SIGNS: Readonly<Record<string, string>> = {
  'policy-odd': '"patch":[]',
  'no-templates': 'not found; have',
  resources: 'LAST',
};

/** The configurations that cases are recorded with: the demo's own, and changes of them that reach what it does not. */
export function buildConfigurations(): Readonly<Record<string, Configuration>> {
  return Object.fromEntries(Object.entries(CHANGES).map(([name, change]) => [name, build(name, change)]));
}

/** The template and the mesh's field by which a running istiod shows which configuration it has taken. */
export const MARKER_TEMPLATE = 'which-configuration';
const MARKER_TEXT = (name: string) =>
  `metadata:\n  annotations:\n    example.org/configuration: "${name} {{ .MeshConfig.IngressService }}"\n    example.org/proxy: {{ toJSON .ProxyConfig.ProxyMetadata | quote }}\n`;

/** What the answer to the marker's pod contains as soon as a configuration is in force. */
export function signOf(name: string): string {
  return OTHER_SIGNS[name] ?? `"${name} ${name}"`;
}

function build(name: string, change: Change): Configuration {
  const { plane = DEFAULT_PLANE, config = {}, values = {}, mesh = {}, proxyConfigs = [], texts = {} } = change;
  const named: ControlPlane = plane === DEFAULT_PLANE ? { ...plane, version: ISTIO_VERSION } : plane;
  const data = Object(injectorConfigMap(named).data);
  const own: Tree = Object(load(data.config));
  const marked = overlay({ templates: { [MARKER_TEMPLATE]: MARKER_TEXT(name) } }, config);
  return {
    config: dump(overlay(own, marked), { lineWidth: -1 }),
    values: JSON.stringify(overlay(JSON.parse(data.values), values)),
    mesh: dump(overlay(Object(load(Object(meshConfigMap(named).data).mesh)), { ingressService: name, ...mesh })),
    proxyConfigs,
    ...texts,
  };
}

function overlay(base: Tree, change: Tree): Tree {
  const result: Tree = { ...base };
  for (const [key, value] of Object.entries(change)) {
    const old = result[key];
    result[key] = isTree(old) && isTree(value) && Object.keys(value).length > 0 ? overlay(old, value) : value;
  }
  return result;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
