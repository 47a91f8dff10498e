import type { Container, HttpGetAction, ProbeHandler } from '@/lib/core/kube/pod-types';
import { type AppProbers, isRewritten, PROBE_KINDS, proberPath, readHandler } from './app-probers';
import { isJsonObject, type JsonObject } from './json-value';
import type { PodPhrase } from './pod-phrases.data';

export interface RestoredContainer {
  readonly container: Container;
  readonly uncertain: readonly PodPhrase[];
}

/**
 * Gives a container the probes and hooks back that were pointed at the agent.
 *
 * Input: the container as it runs, and the handlers that the proxy keeps in `ISTIO_KUBE_APP_PROBERS`.
 * Output: timings stay as they are; a rewritten probe without a kept handler stays and is listed, as is a port that may have had a name.
 * Source: Istio, pkg/kube/inject/app_probe.go, DumpAppProbers.
 */
export function restoreProbes(container: Container, probers: AppProbers): RestoredContainer {
  let restored = container;
  const uncertain: PodPhrase[] = [];
  for (const kind of PROBE_KINDS) {
    const current = readHandler(container, kind);
    if (current === undefined || !isRewritten(container, kind)) continue;
    const entry = probers[proberPath(container.name, kind)];
    if (entry === undefined) {
      uncertain.push({ code: 'pod.uncertain.probe-lost', values: { container: container.name, probe: kind } });
      continue;
    }
    const { httpGet: _rewritten, ...timings } = current;
    const handler = { ...timings, ...toHandler(entry) };
    restored =
      kind === 'preStop' || kind === 'postStart'
        ? { ...restored, lifecycle: { ...restored.lifecycle, [kind]: handler } }
        : { ...restored, [kind]: handler };
    const name = findPortName(container, handler);
    if (name !== undefined) {
      const values = { container: container.name, probe: kind, name };
      uncertain.push({ code: 'pod.uncertain.probe-port-name', values });
    }
  }
  return { container: restored, uncertain };
}

function toHandler(entry: JsonObject): ProbeHandler {
  const { httpGet, tcpSocket, grpc } = entry;
  if (isHttpGet(httpGet)) return { httpGet };
  if (isPortTarget(tcpSocket)) return { tcpSocket };
  return isPortTarget(grpc) ? { grpc } : {};
}

function isPortTarget(value: unknown): value is { readonly port: number } {
  return isJsonObject(value) && typeof value.port === 'number';
}

function isHttpGet(value: unknown): value is HttpGetAction {
  return isPortTarget(value);
}

/** The injector resolves port names before it keeps a probe, so a named port may have been asked for by name. */
function findPortName(container: Container, { httpGet, tcpSocket }: ProbeHandler): string | undefined {
  const port = (httpGet ?? tcpSocket)?.port;
  return container.ports?.find(({ containerPort, name }) => containerPort === port && name !== undefined)?.name;
}
