import { badRequest } from './api-error';
import type { Answer } from './http-exchange';
import { recordsAt, stringAt, valueAt } from './json-access';
import type { KubeObject } from './object-types';
import type { ResourceContext } from './resource-context';
import { requireObject } from './write-objects';

export interface LogLine {
  /** RFC 3339, with fractions. */
  readonly time: string;
  readonly text: string;
}

export interface PodLog {
  readonly lines: readonly LogLine[];
  /** Calls back for each new line until the returned function is called. */
  follow?(onLine: (line: LogLine) => void): () => void;
}

/** What a container has written; the demo's scenario provides it. */
export type ReadPodLog = (pod: KubeObject, container: string, isPrevious: boolean) => PodLog;

/** GET of `log`: text, with container, tailLines, limitBytes, sinceSeconds, timestamps, previous and follow. */
export function readLog(context: ResourceContext): Answer | undefined {
  const { query, response } = context;
  const pod = requireObject(context);
  const container = chooseContainer(pod, query.get('container') ?? '');
  requireStarted(pod, container);
  const log = context.readPodLog(pod, container, isOn(query, 'previous'));
  const format = (line: LogLine) => `${isOn(query, 'timestamps') ? `${line.time} ` : ''}${line.text}\n`;
  const text = pick(log.lines, query).map(format).join('');
  const limit = Number(query.get('limitBytes') ?? 0);
  const shown = limit > 0 ? Buffer.from(text).subarray(0, limit).toString() : text;
  if (!isOn(query, 'follow')) return { status: 200, body: shown, contentType: 'text/plain' };
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.write(shown);
  response.flushHeaders();
  const stop = log.follow?.((line) => response.write(format(line)));
  if (stop === undefined) response.end();
  else followUntilGone(context, pod, stop);
  return undefined;
}

function followUntilGone({ store, response }: ResourceContext, pod: KubeObject, stop: () => void): void {
  const unwatch = store.watch(({ type, object }) => {
    if (type === 'DELETED' && object.metadata.uid === pod.metadata.uid) response.end();
  });
  response.on('close', () => {
    stop();
    unwatch();
  });
}

const isOn = (query: URLSearchParams, name: string) => ['true', '1'].includes(query.get(name) ?? '');

function pick(lines: readonly LogLine[], query: URLSearchParams): readonly LogLine[] {
  const tail = query.get('tailLines');
  const seconds = Number(query.get('sinceSeconds') ?? 0);
  const since = seconds > 0 ? Date.now() - seconds * 1000 : Date.parse(query.get('sinceTime') ?? '');
  const recent = Number.isNaN(since) ? lines : lines.filter((line) => Date.parse(line.time) >= since);
  return tail === null ? recent : Number(tail) === 0 ? [] : recent.slice(-Number(tail));
}

function chooseContainer(pod: KubeObject, asked: string): string {
  const namesOf = (list: string) => recordsAt(pod, 'spec', list).map((container) => stringAt(container, 'name') ?? '');
  const names = namesOf('containers');
  const inits = namesOf('initContainers');
  const { name } = pod.metadata;
  if (asked !== '') {
    if (names.includes(asked) || inits.includes(asked)) return asked;
    throw badRequest(`container ${asked} is not valid for pod ${name}`);
  }
  const [only] = names;
  if (only !== undefined && names.length === 1 && inits.length === 0) return only;
  const init = inits.length === 0 ? '' : ` or one of the init containers: [${inits.join(' ')}]`;
  throw badRequest(`a container name must be specified for pod ${name}, choose one of: [${names.join(' ')}]${init}`);
}

function requireStarted(pod: KubeObject, container: string): void {
  const statuses = [
    ...recordsAt(pod, 'status', 'initContainerStatuses'),
    ...recordsAt(pod, 'status', 'containerStatuses'),
  ];
  const status = statuses.find((one) => one.name === container);
  const waiting = valueAt(status, 'state', 'waiting');
  if (status !== undefined && waiting === undefined) return;
  const reason = stringAt(waiting, 'reason') ?? 'ContainerCreating';
  throw badRequest(`container "${container}" in pod "${pod.metadata.name}" is waiting to start: ${reason}`);
}
