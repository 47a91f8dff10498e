import { stringAt } from '@/demo/server/json-access';
import type { KubeObject } from '@/demo/server/object-types';
import type { LogLine, PodLog } from '@/demo/server/pod-log';
import { initLog, proxyLog } from './proxy-logs';

/** Lines with the times at which they came, after a start. */
export function timed(startedAt: number, lines: readonly (readonly [afterMs: number, text: string])[]): LogLine[] {
  return lines.map(([afterMs, text]) => ({ time: new Date(startedAt + afterMs).toISOString(), text }));
}

/** What a container of the demo has written: plausible lines of the program that its image names. */
export function readDemoLog(pod: KubeObject, container: string): PodLog {
  const startedAt = Date.parse(stringAt(pod, 'status', 'startTime') ?? pod.metadata.creationTimestamp);
  if (container === 'istio-init') return { lines: initLog(pod, startedAt) };
  if (container === 'istio-proxy') return { lines: proxyLog(pod, startedAt) };
  return { lines: applicationLog(pod, container, startedAt) };
}

function applicationLog(pod: KubeObject, container: string, startedAt: number): LogLine[] {
  const image = imageOf(pod, container);
  if (image.includes('nginx')) {
    const request = (agent: string, path: string) => {
      const day = new Date(startedAt).toUTCString().slice(5, 16).replaceAll(' ', '/');
      return `127.0.0.6 - - [${day}:08:15:02 +0000] "GET ${path} HTTP/1.1" 200 612 "-" "${agent}" "-"`;
    };
    return timed(startedAt, [
      [900, '/docker-entrypoint.sh: Configuration complete; ready for start up'],
      [4_000, request('curl/8.5.0', '/')],
      [9_000, request('kube-probe/1.36', '/')],
    ]);
  }
  return timed(startedAt, [
    [700, `starting ${container} (${image})`],
    [1_100, 'listening'],
    [1_400, 'ready'],
  ]);
}

function imageOf(pod: KubeObject, container: string): string {
  const list = pod.spec?.containers;
  const found = Array.isArray(list) ? list.find((entry) => stringAt(entry, 'name') === container) : undefined;
  return stringAt(found, 'image') ?? '';
}
