import { ANNOTATIONS } from './annotation-names';
import { PROXY_DEFAULTS } from './injector-config';
import { isJsonObject, type JsonObject, objectAt, objectsAt, textAt } from './json-object';

const PROXY = 'istio-proxy';

/** Where a probe or hook sits in a container, and the path that stands for it afterwards. */
interface Place {
  readonly read: (container: JsonObject) => JsonObject | undefined;
  readonly write: (container: JsonObject, value: JsonObject) => JsonObject;
  readonly path: (name: string) => string;
  readonly isProbe: boolean;
}

function probe(field: string, suffix: string): Place {
  return {
    read: (container) => (isJsonObject(container[field]) ? container[field] : undefined),
    write: (container, value) => ({ ...container, [field]: value }),
    path: (name) => `/app-health/${name}/${suffix}`,
    isProbe: true,
  };
}

function hook(field: string, suffix: string): Place {
  return {
    read: (container) => {
      const found = objectAt(container, 'lifecycle')[field];
      return isJsonObject(found) ? found : undefined;
    },
    write: (container, value) => ({ ...container, lifecycle: { ...objectAt(container, 'lifecycle'), [field]: value } }),
    path: (name) => `/app-lifecycle/${name}/${suffix}`,
    isProbe: false,
  };
}

const PLACES: readonly Place[] = [
  probe('readinessProbe', 'readyz'),
  probe('livenessProbe', 'livez'),
  probe('startupProbe', 'startupz'),
  hook('preStop', 'prestopz'),
  hook('postStart', 'poststartz'),
];

/** The pod's containers with their probes led through the agent, and what the agent has to know to ask the application. */
export interface RewrittenProbes {
  readonly containers: readonly JsonObject[];
  readonly initContainers: readonly JsonObject[];
  /** Value of `ISTIO_KUBE_APP_PROBERS`; absent when there is no probe to lead. */
  readonly probers: string | undefined;
}

/**
 * Rewrites http, tcp and grpc probes: the kubelet cannot speak the mesh's TLS, the agent can reach the application for it.
 *
 * Source: Istio, pkg/kube/inject/app_probe.go.
 */
export function rewriteProbes(spec: JsonObject, annotations: Readonly<Record<string, string>>): RewrittenProbes {
  const asked = annotations[ANNOTATIONS.statusPort];
  const statusPort = Number(asked ?? PROXY_DEFAULTS.statusPort);
  const probers: Record<string, JsonObject> = {};
  const rewrite = (container: JsonObject): JsonObject => {
    const name = textAt(container, 'name');
    if (name === PROXY) return container;
    return PLACES.reduce((current, place) => {
      const handler = place.read(current);
      if (handler === undefined || (place.isProbe ? false : isJsonObject(handler.grpc))) return current;
      const entry = proberOf(container, handler, place);
      if (entry !== undefined) probers[place.path(name)] = entry;
      return place.write(current, ledThrough(handler, place.path(name), statusPort));
    }, container);
  };
  const initContainers = objectsAt(spec, 'initContainers').map(rewrite);
  const containers = objectsAt(spec, 'containers').map(rewrite);
  const paths = Object.keys(probers).sort();
  const sorted = Object.fromEntries(paths.map((path) => [path, probers[path]]));
  return { containers, initContainers, probers: paths.length === 0 ? undefined : JSON.stringify(sorted) };
}

function ledThrough(handler: JsonObject, path: string, port: number): JsonObject {
  const { httpGet, tcpSocket, grpc, ...rest } = handler;
  if (isJsonObject(httpGet)) {
    const scheme = httpGet.scheme === 'HTTPS' ? { scheme: 'HTTP' } : {};
    return { ...rest, httpGet: { ...httpGet, path, port, ...scheme } };
  }
  if (isJsonObject(tcpSocket) || isJsonObject(grpc)) return { ...rest, httpGet: { path, port } };
  return handler;
}

function proberOf(container: JsonObject, handler: JsonObject, { isProbe }: Place): JsonObject | undefined {
  const timeout = isProbe && typeof handler.timeoutSeconds === 'number' && handler.timeoutSeconds > 0;
  const more = timeout ? { timeoutSeconds: handler.timeoutSeconds } : {};
  if (isJsonObject(handler.grpc)) {
    const { port, service } = handler.grpc;
    return { grpc: { port, service: service ?? null }, ...more };
  }
  const kind = isJsonObject(handler.httpGet) ? 'httpGet' : 'tcpSocket';
  const action = handler[kind];
  if (!isJsonObject(action)) return undefined;
  const port = portNumber(container, action.port);
  // A probe on the agent's own port needs no detour.
  if (port === undefined || String(port) === PROXY_DEFAULTS.statusPort) return undefined;
  const { path, host, scheme, httpHeaders } = action;
  if (kind === 'tcpSocket') return { tcpSocket: { port, host }, ...more };
  return { httpGet: { path, port, host, scheme, httpHeaders }, ...more };
}

function portNumber(container: JsonObject, port: unknown): unknown {
  if (typeof port === 'number') return port;
  return objectsAt(container, 'ports').find((candidate) => candidate.name === port)?.containerPort;
}
