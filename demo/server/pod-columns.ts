import { AGE, NAME, orNone, text } from './columns';
import { ageOf } from './human-duration';
import { numberAt, recordAt, recordsAt, stringAt, valueAt } from './json-access';
import type { Column } from './kind-row';
import type { JsonObject, KubeObject } from './object-types';

const isReady = (status: JsonObject) => status.ready === true;

function restartableInits(pod: KubeObject): ReadonlySet<string> {
  const inits = recordsAt(pod, 'spec', 'initContainers').filter((container) => container.restartPolicy === 'Always');
  return new Set(inits.map((container) => stringAt(container, 'name') ?? ''));
}

function readyText(pod: KubeObject): string {
  const native = restartableInits(pod);
  const total = recordsAt(pod, 'spec', 'containers').length + native.size;
  const inits = recordsAt(pod, 'status', 'initContainerStatuses').filter((status) =>
    native.has(stringAt(status, 'name') ?? ''),
  );
  const ready = [...inits, ...recordsAt(pod, 'status', 'containerStatuses')].filter(isReady).length;
  return `${ready}/${total}`;
}

function endText(terminated: JsonObject): string {
  const reason = stringAt(terminated, 'reason');
  if (reason !== undefined && reason !== '') return reason;
  const signal = numberAt(terminated, 'signal') ?? 0;
  return signal === 0 ? `ExitCode:${numberAt(terminated, 'exitCode') ?? 0}` : `Signal:${signal}`;
}

/** The first init container that still holds the pod back, in kubectl's words. */
function initReason(pod: KubeObject): string | undefined {
  const native = restartableInits(pod);
  const total = recordsAt(pod, 'spec', 'initContainers').length;
  for (const [index, status] of recordsAt(pod, 'status', 'initContainerStatuses').entries()) {
    const terminated = valueAt(status, 'state', 'terminated');
    if (terminated !== undefined && numberAt(terminated, 'exitCode') === 0) continue;
    if (native.has(stringAt(status, 'name') ?? '') && status.started === true) continue;
    if (terminated !== undefined) return `Init:${endText(recordAt(terminated))}`;
    const waiting = stringAt(status, 'state', 'waiting', 'reason');
    if (waiting !== undefined && waiting !== 'PodInitializing') return `Init:${waiting}`;
    return `Init:${index}/${total}`;
  }
  return undefined;
}

function containerReason(pod: KubeObject, base: string): string {
  let reason = base;
  let isRunning = false;
  for (const status of recordsAt(pod, 'status', 'containerStatuses').reverse()) {
    const waiting = stringAt(status, 'state', 'waiting', 'reason');
    const terminated = valueAt(status, 'state', 'terminated');
    if (waiting !== undefined && waiting !== '') reason = waiting;
    else if (terminated !== undefined) reason = endText(recordAt(terminated));
    else if (isReady(status) && valueAt(status, 'state', 'running') !== undefined) isRunning = true;
  }
  if (reason !== 'Completed' || !isRunning) return reason;
  const ready = recordsAt(pod, 'status', 'conditions').some(
    ({ type, status }) => type === 'Ready' && status === 'True',
  );
  return ready ? 'Running' : 'NotReady';
}

/** The STATUS column. Source: k8s.io/kubernetes, pkg/printers/internalversion, printPod. */
function podStatusText(pod: KubeObject): string {
  const gated = recordsAt(pod, 'status', 'conditions').some(
    ({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated',
  );
  const base =
    stringAt(pod, 'status', 'reason') ?? (gated ? 'SchedulingGated' : stringAt(pod, 'status', 'phase')) ?? '';
  const reason = initReason(pod) ?? containerReason(pod, base);
  if (pod.metadata.deletionTimestamp === undefined) return reason;
  const phase = stringAt(pod, 'status', 'phase');
  if (stringAt(pod, 'status', 'reason') === 'NodeLost') return 'Unknown';
  return phase === 'Succeeded' || phase === 'Failed' ? reason : 'Terminating';
}

function restartsText(pod: KubeObject, now: number): string {
  const native = restartableInits(pod);
  const inits = recordsAt(pod, 'status', 'initContainerStatuses');
  const counted =
    initReason(pod) === undefined
      ? [
          ...inits.filter((status) => native.has(stringAt(status, 'name') ?? '')),
          ...recordsAt(pod, 'status', 'containerStatuses'),
        ]
      : inits;
  const restarts = counted.reduce((sum, status) => sum + (numberAt(status, 'restartCount') ?? 0), 0);
  const ends = counted.map((status) => Date.parse(stringAt(status, 'lastState', 'terminated', 'finishedAt') ?? ''));
  const last = Math.max(...ends.filter((end) => !Number.isNaN(end)));
  if (restarts === 0 || !Number.isFinite(last)) return String(restarts);
  return `${restarts} (${ageOf(new Date(last).toISOString(), now)} ago)`;
}

function gatesText(pod: KubeObject): string {
  const gates = recordsAt(pod, 'spec', 'readinessGates');
  if (gates.length === 0) return '<none>';
  const conditions = recordsAt(pod, 'status', 'conditions');
  const met = gates.filter((gate) =>
    conditions.some(({ type, status }) => type === gate.conditionType && status === 'True'),
  );
  return `${met.length}/${gates.length}`;
}

export const POD_COLUMNS: readonly Column[] = [
  NAME,
  text('Ready', readyText),
  text('Status', podStatusText),
  text('Restarts', restartsText),
  AGE,
  text('IP', (pod) => orNone(stringAt(pod, 'status', 'podIP') ?? ''), 1),
  text('Node', (pod) => orNone(stringAt(pod, 'spec', 'nodeName') ?? ''), 1),
  text('Nominated Node', (pod) => orNone(stringAt(pod, 'status', 'nominatedNodeName') ?? ''), 1),
  text('Readiness Gates', gatesText, 1),
];
