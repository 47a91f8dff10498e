import { stringAt } from '@/demo/server/json-access';
import type { KubeObject } from '@/demo/server/object-types';
import type { LogLine, PodLog } from '@/demo/server/pod-log';
import { initLog, proxyLog } from './proxy-logs';

/** Lines with the times at which they came, after a start. */
function timed(startedAt: number, lines: readonly (readonly [afterMs: number, text: string])[]): LogLine[] {
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
    const request = (afterMs: number, agent: string, path: string): readonly [number, string] => [
      afterMs,
      `127.0.0.6 - - [${nginxTime(startedAt + afterMs)}] "GET ${path} HTTP/1.1" 200 612 "-" "${agent}" "-"`,
    ];
    return timed(startedAt, [
      [900, '/docker-entrypoint.sh: Configuration complete; ready for start up'],
      request(4_000, 'curl/8.5.0', '/'),
      request(9_000, 'kube-probe/1.36', '/'),
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

/** `24/Nov/2026:11:31:30 +0000`. */
function nginxTime(at: number): string {
  const [, day = '', month = '', year = '', clock = ''] = new Date(at).toUTCString().split(' ');
  return `${day}/${month}/${year}:${clock} +0000`;
}
