import { badRequest, invalid, type StatusCause } from './api-error';
import type { Answer } from './http-exchange';
import { recordsAt, stringAt, valueAt } from './json-access';
import { integerOf, isTrue } from './list-options';
import type { KubeObject } from './object-types';
import type { ResourceContext } from './resource-context';
import { invalidValue } from './validate-names';
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
  const { query, request, response } = context;
  const options = parseLogOptions(query, request.name ?? '');
  const pod = requireObject(context);
  const container = chooseContainer(pod, query.get('container') ?? '');
  // No node, no kubelet to ask.
  if ((stringAt(pod, 'spec', 'nodeName') ?? '') === '') return { status: 204, body: '' };
  requireStarted(pod, container);
  const log = context.readPodLog(pod, container, options.isPrevious);
  const format = (line: LogLine) => `${options.hasTimestamps ? `${line.time} ` : ''}${line.text}\n`;
  const text = pick(log.lines, options).map(format).join('');
  const shown = options.limitBytes > 0 ? Buffer.from(text).subarray(0, options.limitBytes).toString() : text;
  if (!options.isFollowing) return { status: 200, body: shown, contentType: 'text/plain' };
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.write(shown);
  response.flushHeaders();
  const stop = log.follow?.((line) => response.write(format(line)));
  if (stop === undefined) response.end();
  else followUntilGone(context, pod, stop);
  return undefined;
}

interface LogOptions {
  readonly tailLines: number | undefined;
  readonly limitBytes: number;
  /** Lines from here on, in milliseconds. */
  readonly since: number | undefined;
  readonly hasTimestamps: boolean;
  readonly isPrevious: boolean;
  readonly isFollowing: boolean;
}

// Source: Kubernetes, pkg/apis/core/validation/validation.go, ValidatePodLogOptions.
function parseLogOptions(query: URLSearchParams, name: string): LogOptions {
  const tailLines = integerOf(query, 'tailLines');
  const limitBytes = integerOf(query, 'limitBytes');
  const seconds = integerOf(query, 'sinceSeconds');
  const time = query.get('sinceTime');
  const problems: StatusCause[] = [];
  if (tailLines < 0) problems.push(invalidValue('tailLines', tailLines, 'must be greater than or equal to 0'));
  if (query.has('limitBytes') && limitBytes < 1) {
    problems.push(invalidValue('limitBytes', limitBytes, 'must be greater than 0'));
  }
  if (query.has('sinceSeconds') && time !== null) {
    const message = 'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified';
    problems.push({ reason: 'FieldValueForbidden', message, field: '[]' });
  } else if (query.has('sinceSeconds') && seconds < 1) {
    problems.push(invalidValue('sinceSeconds', seconds, 'must be greater than 0'));
  }
  if (problems.length > 0) throw invalid('', 'PodLogOptions', name, problems);
  const since = seconds > 0 ? Date.now() - seconds * 1000 : Date.parse(time ?? '');
  return {
    tailLines: query.has('tailLines') ? tailLines : undefined,
    limitBytes,
    since: Number.isNaN(since) ? undefined : since,
    hasTimestamps: isTrue(query.get('timestamps') ?? ''),
    isPrevious: isTrue(query.get('previous') ?? ''),
    isFollowing: isTrue(query.get('follow') ?? ''),
  };
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

function pick(lines: readonly LogLine[], { tailLines, since }: LogOptions): readonly LogLine[] {
  const recent = since === undefined ? lines : lines.filter((line) => Date.parse(line.time) >= since);
  if (tailLines === undefined) return recent;
  return tailLines === 0 ? [] : recent.slice(-tailLines);
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
  const all = [...inits, ...names].join(' ');
  throw badRequest(`a container name must be specified for pod ${name}, choose one of: [${all}]`);
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
