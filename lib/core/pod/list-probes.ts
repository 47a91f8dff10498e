import type { Container, PodSpec, ProbeHandler } from '@/lib/core/kube/pod-types';
import { PROBE_KINDS, parseAppProbers, proberPath, readHandler } from './app-probers';
import { toJsonObject, toText } from './json-value';
import { findProxy, placeContainers } from './pod-containers';
import type { PortProbe } from './port-types';

export interface ProbeTarget {
  readonly port: number;
  readonly probe: PortProbe;
}

/** Every probe and hook of a pod that goes to a port, each with the port it reaches; a rewritten one gives two. */
export function listProbes(spec: PodSpec | undefined): readonly ProbeTarget[] {
  const probers = parseAppProbers(findProxy(spec)?.container);
  return placeContainers(spec).flatMap(({ container }) =>
    PROBE_KINDS.flatMap((kind): readonly ProbeTarget[] => {
      const handler = readHandler(container, kind);
      const port = handler && readPort(handler, container);
      if (handler === undefined || port === undefined) return [];
      const common = { container: container.name, probe: kind };
      const original = toJsonObject(probers[proberPath(container.name, kind)]);
      const isAsked = handler.httpGet?.path === proberPath(container.name, kind);
      const target = isAsked ? readEntryPort(original) : undefined;
      const asked: ProbeTarget = {
        port,
        probe: { ...common, request: toRequest(handler), from: 'kubelet', ...(target === undefined ? {} : { target }) },
      };
      if (target === undefined) return [asked];
      return [asked, { port: target, probe: { ...common, request: toRequest(original), from: 'pilot-agent' } }];
    }),
  );
}

function readPort({ httpGet, tcpSocket, grpc }: ProbeHandler, { ports }: Container): number | undefined {
  const port = httpGet?.port ?? tcpSocket?.port ?? grpc?.port;
  if (typeof port !== 'string') return port;
  return ports?.find(({ name }) => name === port)?.containerPort;
}

function readEntryPort({ httpGet, tcpSocket, grpc }: Readonly<Record<string, unknown>>): number | undefined {
  const { port } = toJsonObject(httpGet ?? tcpSocket ?? grpc);
  return typeof port === 'number' ? port : undefined;
}

/** The request in the probe's own terms; not a sentence. */
function toRequest(handler: ProbeHandler | Readonly<Record<string, unknown>>): string {
  if (handler.httpGet !== undefined) {
    const { path, scheme } = toJsonObject(handler.httpGet);
    return `${scheme === 'HTTPS' ? 'HTTPS ' : ''}GET ${toText(path) ?? '/'}`;
  }
  if (handler.tcpSocket !== undefined) return 'TCP';
  return `gRPC ${toText(toJsonObject(handler.grpc).service) ?? ''}`.trimEnd();
}
