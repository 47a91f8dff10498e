import { PROXY_CONTAINER, STATUS_ANNOTATION } from '@/lib/core/kube/names';
import { compareUtf8, quoteGoJson } from './go-text';
import { rewritesProbes } from './injector-values';
import { fieldOf, isObject, type JsonObject, type JsonValue, objectAt, objectsAt, textAt } from './json-types';
import { writeGoJson } from './kube-json';
import { CONTAINER_LISTS, type ContainerList, editSidecarEnv, findSidecar, type PodDraft } from './pod-draft';
import { parseGoFlag } from './prometheus-keys';
import type { Release } from './release';

const REWRITE_ANNOTATION = 'sidecar.istio.io/rewriteAppHTTPProbers';
const PORT_ANNOTATION = 'status.sidecar.istio.io/port';
const PROBERS_ENV = 'ISTIO_KUBE_APP_PROBERS';

interface ProbeSlot {
  /** Keys that lead to the handler from its container. */
  readonly keys: readonly string[];
  readonly path: string;
  readonly isLifecycle: boolean;
}

const SLOTS: readonly ProbeSlot[] = [
  { keys: ['readinessProbe'], path: '/app-health/%/readyz', isLifecycle: false },
  { keys: ['livenessProbe'], path: '/app-health/%/livez', isLifecycle: false },
  { keys: ['startupProbe'], path: '/app-health/%/startupz', isLifecycle: false },
  { keys: ['lifecycle', 'preStop'], path: '/app-lifecycle/%/prestopz', isLifecycle: true },
  { keys: ['lifecycle', 'postStart'], path: '/app-lifecycle/%/poststartz', isLifecycle: true },
];
const LIFECYCLE_SINCE = 25;
const INIT_CONTAINERS_SINCE = 19;
const GRPC_SINCE = 13;
const APPENDS_SINCE = 27;

interface FoundProbe {
  readonly path: string;
  readonly kind: 'httpGet' | 'tcpSocket' | 'grpc';
  readonly probe: JsonObject;
}

/**
 * Points probes and HTTP hooks at the agent, which asks the application in their place.
 *
 * Input: the mesh's status port (the pod's, in kube-inject).
 * Output: the paths of the probes that were rewritten.
 * Source: Istio, pkg/kube/inject/app_probe.go.
 */
export function rewriteProbes(
  draft: PodDraft,
  values: JsonObject,
  statusPort: number,
  release: Release,
): readonly string[] {
  const isAsked = parseGoFlag(draft.annotations[REWRITE_ANNOTATION]) ?? rewritesProbes(values);
  if (!isAsked || findSidecar(draft) === undefined) return [];
  const entries = collectEntries(draft, statusPort, release);
  if (entries.size > 0) setProbersEnv(draft, entries, release);
  const asked = draft.annotations[PORT_ANNOTATION];
  // A text that is no number counts as 0, as upstream's conversion leaves it.
  const port = asked === undefined ? statusPort : /^[+-]?\d+$/.test(asked) ? Number(asked) : 0;
  const rewritten: string[] = [];
  for (const list of listsOf(release)) {
    draft[list] = draft[list].map((container) => rewriteContainer(container, port, release, rewritten));
  }
  return rewritten;
}

function listsOf(release: Release): readonly ContainerList[] {
  return release.minor >= INIT_CONTAINERS_SINCE ? [...CONTAINER_LISTS].reverse() : ['containers'];
}

function probesOf(container: JsonObject, release: Release): readonly FoundProbe[] {
  if (textAt(container, 'name') === PROXY_CONTAINER) return [];
  return SLOTS.flatMap((slot) => {
    if (slot.isLifecycle && release.minor < LIFECYCLE_SINCE) return [];
    const probe = slot.keys.reduce<JsonValue | undefined>((at, key) => fieldOf(at, key), container);
    const kind = isObject(probe) ? handlerKind(probe, slot, release) : undefined;
    if (!isObject(probe) || kind === undefined) return [];
    return [{ path: slot.path.replace('%', textAt(container, 'name')), kind, probe }];
  });
}

function handlerKind(probe: JsonObject, slot: ProbeSlot, release: Release): FoundProbe['kind'] | undefined {
  if (probe.httpGet !== undefined) return 'httpGet';
  if (probe.tcpSocket !== undefined && release.switches.rewriteTcpProbes) return 'tcpSocket';
  const hasGrpc = probe.grpc !== undefined && !slot.isLifecycle && release.minor >= GRPC_SINCE;
  return hasGrpc && probe.tcpSocket === undefined ? 'grpc' : undefined;
}

function collectEntries(draft: PodDraft, statusPort: number, release: Release): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  for (const list of listsOf(release)) {
    for (const container of draft[list]) {
      for (const found of probesOf(container, release)) {
        const entry = toEntry(found, container, statusPort);
        if (entry !== undefined) entries.set(found.path, entry);
      }
    }
  }
  return entries;
}

function toEntry({ kind, probe }: FoundProbe, container: JsonObject, statusPort: number): string | undefined {
  const handler = objectAt(probe, kind);
  const port = kind === 'grpc' ? Number(handler.port) : resolvePort(handler.port, container);
  if (port === undefined) return undefined;
  // Only a number tells that the agent is asked already; a port that is named never does.
  if (kind !== 'grpc' && handler.port === statusPort) return undefined;
  const timeout =
    typeof probe.timeoutSeconds === 'number' && probe.timeoutSeconds !== 0 ? probe.timeoutSeconds : undefined;
  const suffix = timeout === undefined ? '' : `,"timeoutSeconds":${timeout}`;
  return `{"${kind}":${writeHandler(kind, handler, port)}${suffix}}`;
}

function resolvePort(port: JsonValue | undefined, container: JsonObject): number | undefined {
  if (typeof port === 'number') return port;
  const named = objectsAt(container, 'ports').findLast((each) => textAt(each, 'name') === port);
  return typeof named?.containerPort === 'number' ? named.containerPort : undefined;
}

function writeHandler(kind: FoundProbe['kind'], handler: JsonObject, port: number): string {
  const text = (key: string) => (textAt(handler, key) === '' ? [] : [`"${key}":${quoteGoJson(textAt(handler, key))}`]);
  if (kind === 'grpc') return `{"port":${port},"service":${writeGoJson(handler.service ?? null)}}`;
  if (kind === 'tcpSocket') return `{${[`"port":${port}`, ...text('host')].join(',')}}`;
  const headers = objectsAt(handler, 'httpHeaders').map(
    (header) => `{"name":${quoteGoJson(textAt(header, 'name'))},"value":${quoteGoJson(textAt(header, 'value'))}}`,
  );
  const list = headers.length === 0 ? [] : [`"httpHeaders":[${headers.join(',')}]`];
  return `{${[...text('path'), `"port":${port}`, ...text('host'), ...text('scheme'), ...list].join(',')}}`;
}

function setProbersEnv(draft: PodDraft, entries: ReadonlyMap<string, string>, release: Release): void {
  const wasInjected = draft.annotations[STATUS_ANNOTATION] !== undefined;
  editSidecarEnv(draft, (env) => {
    const old = env.find((variable) => textAt(variable, 'name') === PROBERS_ENV);
    if (wasInjected && old !== undefined) {
      const merged = mergeEntries(entries, textAt(old, 'value'));
      return merged === undefined
        ? env
        : env.map((variable) => (variable === old ? { ...old, value: merged } : variable));
    }
    if (wasInjected && release.minor < APPENDS_SINCE) return env;
    return [...env, { name: PROBERS_ENV, value: writeEntries(entries) }];
  });
}

// What an earlier injection wrote down wins: the probes in the pod are rewritten already.
function mergeEntries(entries: ReadonlyMap<string, string>, old: string): string | undefined {
  try {
    const parsed: JsonValue = JSON.parse(old);
    if (!isObject(parsed)) return undefined;
    const merged = new Map(entries);
    for (const [path, entry] of Object.entries(parsed)) merged.set(path, rewriteOldEntry(entry));
    return writeEntries(merged);
  } catch {
    return undefined;
  }
}

function rewriteOldEntry(entry: JsonValue): string {
  const kind = (['httpGet', 'tcpSocket', 'grpc'] as const).find((each) => fieldOf(entry, each) !== undefined);
  if (kind === undefined) return '{}';
  const handler = objectAt(entry, kind);
  const timeout = fieldOf(entry, 'timeoutSeconds');
  const suffix = typeof timeout === 'number' && timeout !== 0 ? `,"timeoutSeconds":${timeout}` : '';
  return `{"${kind}":${writeHandler(kind, handler, Number(handler.port))}${suffix}}`;
}

function writeEntries(entries: ReadonlyMap<string, string>): string {
  const paths = [...entries.keys()].sort(compareUtf8);
  return `{${paths.map((path) => `${quoteGoJson(path)}:${entries.get(path) ?? '{}'}`).join(',')}}`;
}

function rewriteContainer(container: JsonObject, port: number, release: Release, rewritten: string[]): JsonObject {
  let changed = container;
  for (const slot of SLOTS) {
    const found = probesOf(container, release).find(
      ({ path }) => path === slot.path.replace('%', textAt(container, 'name')),
    );
    if (found === undefined) continue;
    rewritten.push(found.path);
    changed = setIn(changed, slot.keys, toAgentProbe(found, port));
  }
  return changed;
}

function toAgentProbe({ kind, probe, path }: FoundProbe, port: number): JsonObject {
  if (kind !== 'httpGet') {
    const { [kind]: _handler, ...rest } = probe;
    return { ...rest, httpGet: { path, port } };
  }
  const handler = objectAt(probe, 'httpGet');
  return { ...probe, httpGet: { ...handler, path, port, ...(handler.scheme === 'HTTPS' && { scheme: 'HTTP' }) } };
}

function setIn(container: JsonObject, [first, ...rest]: readonly string[], value: JsonObject): JsonObject {
  if (first === undefined) return value;
  return { ...container, [first]: rest.length === 0 ? value : setIn(objectAt(container, first), rest, value) };
}
