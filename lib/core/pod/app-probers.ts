import type { Container, ProbeHandler } from '@/lib/core/kube/pod-types';
import { isJsonObject, type JsonObject, parseJson, toJsonObject } from './json-value';
import { PROBERS_ENV } from './pod-names.data';

export type ProbeKind = 'livenessProbe' | 'readinessProbe' | 'startupProbe' | 'preStop' | 'postStart';

/** Path endings of rewritten probes. Source: Istio, pkg/kube/inject/app_probe.go, status.FormatProberURL. */
const PATHS: readonly (readonly [kind: ProbeKind, folder: string, ending: string])[] = [
  ['livenessProbe', 'app-health', 'livez'],
  ['readinessProbe', 'app-health', 'readyz'],
  ['startupProbe', 'app-health', 'startupz'],
  ['preStop', 'app-lifecycle', 'prestopz'],
  ['postStart', 'app-lifecycle', 'poststartz'],
];

export const PROBE_KINDS: readonly ProbeKind[] = PATHS.map(([kind]) => kind);

/** Original handlers by the path under which the agent serves them. */
export type AppProbers = Readonly<Record<string, JsonObject>>;

export function proberPath(container: string, kind: ProbeKind): string {
  const [, folder, ending] = PATHS.find(([name]) => name === kind) ?? ['', '', ''];
  return `/${folder}/${container}/${ending}`;
}

/** Reads `ISTIO_KUBE_APP_PROBERS` of the proxy; entries that are no object are left out. */
export function parseAppProbers(proxy: Container | undefined): AppProbers {
  const text = proxy?.env?.find(({ name }) => name === PROBERS_ENV)?.value;
  const entries = Object.entries(toJsonObject(parseJson(text)));
  return Object.fromEntries(entries.flatMap(([path, entry]) => (isJsonObject(entry) ? [[path, entry]] : [])));
}

/** The handler of one probe or hook as the container has it. */
export function readHandler(container: Container, kind: ProbeKind): ProbeHandler | undefined {
  if (kind === 'preStop' || kind === 'postStart') return container.lifecycle?.[kind];
  return container[kind];
}

/** True when the kubelet asks the agent instead of the application. */
export function isRewritten(container: Container, kind: ProbeKind): boolean {
  return readHandler(container, kind)?.httpGet?.path === proberPath(container.name, kind);
}
