import { ANNOTATIONS } from './annotation-names';
import { type InjectorConfig, PROXY_DEFAULTS, PROXY_UID } from './injector-config';
import { type JsonObject, objectAt, objectsAt, textAt, textMapAt } from './json-object';
import { identifyPod, type PodIdentity } from './pod-identity';

/** All that a template needs to know of a pod. */
export interface ProxySettings {
  readonly config: InjectorConfig;
  readonly identity: PodIdentity;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Containers of the application, in order. */
  readonly apps: readonly JsonObject[];
  readonly mode: string;
  readonly isTproxy: boolean;
  readonly isNative: boolean;
  readonly statusPort: string;
  readonly image: string;
}

export function readProxySettings(pod: JsonObject, namespace: string, config: InjectorConfig): ProxySettings {
  const annotations = textMapAt(objectAt(pod, 'metadata'), 'annotations');
  const mode = annotations[ANNOTATIONS.interceptionMode] ?? 'REDIRECT';
  const asked = annotations[ANNOTATIONS.proxyImage] ?? '';
  const native = annotations[ANNOTATIONS.nativeSidecar] || String(config.form === 'native');
  return {
    config,
    identity: identifyPod(pod, namespace),
    labels: textMapAt(objectAt(pod, 'metadata'), 'labels'),
    annotations,
    apps: objectsAt(objectAt(pod, 'spec'), 'containers').filter(
      (container) => textAt(container, 'name') !== 'istio-proxy',
    ),
    mode,
    isTproxy: mode === 'TPROXY',
    isNative: config.form === 'native' && native !== 'false',
    statusPort: annotations[ANNOTATIONS.statusPort] ?? PROXY_DEFAULTS.statusPort,
    // A value without a slash is no image name; the injector then takes its own.
    image: asked.includes('/') ? asked : config.proxyImage,
  };
}

/** Requests and limits of the injected containers: the pod's own figures, all of them or none. */
export function proxyResources({ annotations }: ProxySettings): JsonObject {
  const cpu = annotations[ANNOTATIONS.proxyCPU];
  const memory = annotations[ANNOTATIONS.proxyMemory];
  const cpuLimit = annotations[ANNOTATIONS.proxyCPULimit];
  const memoryLimit = annotations[ANNOTATIONS.proxyMemoryLimit];
  if ([cpu, memory, cpuLimit, memoryLimit].every((value) => value === undefined)) {
    return { limits: { cpu: '2', memory: '1Gi' }, requests: { ...PROXY_DEFAULTS.resources.requests } };
  }
  const map = (cpuValue: string | undefined, memoryValue: string | undefined): JsonObject => ({
    ...(cpuValue === undefined ? {} : { cpu: cpuValue }),
    ...(memoryValue === undefined ? {} : { memory: memoryValue }),
  });
  const requests = map(cpu, memory);
  const limits = map(cpuLimit, memoryLimit);
  return {
    ...(Object.keys(limits).length > 0 ? { limits } : {}),
    ...(Object.keys(requests).length > 0 ? { requests } : {}),
  };
}

/** The container that writes the pod's iptables rules before anything else runs. */
export function initContainer(settings: ProxySettings): JsonObject {
  return {
    name: 'istio-init',
    image: settings.image,
    args: initArguments(settings),
    resources: proxyResources(settings),
    securityContext: {
      capabilities: { add: ['NET_ADMIN', 'NET_RAW'], drop: ['ALL'] },
      privileged: false,
      runAsUser: 0,
      runAsGroup: 0,
      runAsNonRoot: false,
      readOnlyRootFilesystem: false,
      allowPrivilegeEscalation: false,
    },
  };
}

function initArguments({ config, annotations, mode, statusPort }: ProxySettings): string[] {
  const ask = (name: keyof typeof ANNOTATIONS, otherwise: string) => annotations[ANNOTATIONS[name]] ?? otherwise;
  const optional = (flag: string, name: keyof typeof ANNOTATIONS) => {
    const value = annotations[ANNOTATIONS[name]];
    return value === undefined ? [] : [flag, value];
  };
  const excluded = excludedPorts(statusPort, annotations[ANNOTATIONS.excludeInboundPorts] ?? '');
  return [
    'istio-iptables',
    ...['-p', '15001', '-z', '15006', '-u', String(PROXY_UID), '-m', mode],
    ...['-i', ask('includeOutboundIPRanges', PROXY_DEFAULTS.includeOutboundIPRanges)],
    ...['-x', ask('excludeOutboundIPRanges', PROXY_DEFAULTS.excludeOutboundIPRanges)],
    ...['-b', ask('includeInboundPorts', PROXY_DEFAULTS.includeInboundPorts)],
    ...['-d', ['15090', '15021', ...(excluded === '' ? [] : [excluded])].join(',')],
    ...optional('-q', 'includeOutboundPorts'),
    ...optional('-o', 'excludeOutboundPorts'),
    ...optional('-c', 'excludeInterfaces'),
    ...(config.form === 'native' ? [`--log_output_level=${ask('agentLogLevel', PROXY_DEFAULTS.agentLogLevel)}`] : []),
  ];
}

/** The status port is never captured: it is added to what the pod excludes. Source: Istio, inject/template.go, excludeInboundPort. */
function excludedPorts(statusPort: string, excluded: string): string {
  const port = statusPort.trim();
  if (port === '' || port === '0') return excluded;
  const ports = excluded
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return ports.includes(port) ? excluded : [...ports, port].join(',');
}

/** Names of the application's ports as the proxy learns them: one JSON object a line. */
export function podPortsText(pod: JsonObject): string {
  const ports = objectsAt(objectAt(pod, 'spec'), 'containers').flatMap((container) => objectsAt(container, 'ports'));
  const line = (port: JsonObject) => {
    const { name, hostPort, containerPort, protocol, hostIP } = port;
    return JSON.stringify({ name, hostPort, containerPort, protocol, hostIP });
  };
  const lines = ports.map((port, index) => `    ${index === 0 ? '' : ','}${line(port)}`);
  return ['[', ...lines, ']'].join('\n');
}
