import { type JsonObject, listAt, objectAt, objectsAt, textAt } from '@/lib/core/injection/engine/json-types';
import { PROXY_CONTAINER } from '@/lib/core/kube/names';
import type { InjectionMarks } from './read-marks';

/**
 * True when a pod shows that it was injected before it was sent, and then once more.
 *
 * The sidecar keeps settings of the first time that its template would not write: the names of fewer containers than it probes,
 * or a start hook that goes with another place of the container.
 */
export function hasEarlierInjection(spec: JsonObject, marks: InjectionMarks): boolean {
  if (marks.sidecar === undefined || marks.sent !== undefined) return false;
  return probesUnlisted(spec, marks) || waitsOutOfPlace(spec, marks.sidecar, marks);
}

// Probes of init containers are kept too, and those are not among the names.
function probesUnlisted(spec: JsonObject, { env, probers }: InjectionMarks): boolean {
  const listed = env.get('ISTIO_META_APP_CONTAINERS');
  if (listed === undefined) return false;
  const setup = objectsAt(spec, 'initContainers').map((container) => textAt(container, 'name'));
  const known = new Set([...listed.split(','), ...setup]);
  return Object.keys(probers).some((path) => !known.has(path.split('/')[2] ?? ''));
}

function waitsOutOfPlace(spec: JsonObject, sidecar: JsonObject, { overrides, templates }: InjectionMarks): boolean {
  if (overrides.containers.length > 0 || templates.length > 0) return false;
  const command = listAt(objectAt(objectAt(objectAt(sidecar, 'lifecycle'), 'postStart'), 'exec'), 'command');
  const waits = command[0] === 'pilot-agent' && command[1] === 'wait';
  const [first, ...others] = objectsAt(spec, 'containers');
  const isFirst = first !== undefined && textAt(first, 'name') === PROXY_CONTAINER;
  return waits && !isFirst && others.length > 0;
}
