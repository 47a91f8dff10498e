import { isObject, type JsonObject, objectAt, objectsAt, textAt } from '@/lib/core/injection/engine/json-types';
import { PROXY_CONTAINER } from '@/lib/core/kube/names';
import { PROBE_KINDS, type ProbeKind, proberPath } from '@/lib/core/pod/app-probers';
import type { ContainerList, InjectionMarks } from './read-marks';
import { type Recovered, toPart, type UninjectedPart } from './uninjected-pod';

const HANDLERS = ['httpGet', 'tcpSocket', 'grpc'] as const;
const HOOKS: ReadonlySet<ProbeKind> = new Set(['preStop', 'postStart']);

/**
 * Gives a container the probes and hooks back that were pointed at the agent.
 *
 * Output: timings stay as they are; a rewritten probe of which nothing was kept stays too, and is unknown, as is a port that may have had a name.
 * Source: Istio, pkg/kube/inject/app_probe.go, DumpAppProbers.
 */
export function restoreHandlers(
  list: ContainerList,
  container: JsonObject,
  marks: InjectionMarks,
): Recovered<JsonObject> {
  const name = textAt(container, 'name');
  let restored = container;
  const parts: UninjectedPart[] = [];
  if (name === PROXY_CONTAINER) return { value: restored, parts };
  for (const kind of PROBE_KINDS) {
    const parent = HOOKS.has(kind) ? objectAt(restored, 'lifecycle') : restored;
    const current = objectAt(parent, kind);
    if (textAt(objectAt(current, 'httpGet'), 'path') !== proberPath(name, kind)) continue;
    const path = `spec.${list}[${name}].${HOOKS.has(kind) ? `lifecycle.${kind}` : kind}`;
    const values = { container: name, probe: kind };
    const handler = readEntry(objectAt(marks.probers, proberPath(name, kind)));
    if (handler === undefined) {
      parts.push(toPart({ path, fate: 'kept', certainty: 'unknown', code: 'probe-lost', values }));
      continue;
    }
    const { httpGet: _rewritten, ...timings } = current;
    const first = { ...timings, ...handler };
    restored = HOOKS.has(kind)
      ? { ...restored, lifecycle: { ...objectAt(restored, 'lifecycle'), [kind]: first } }
      : { ...restored, [kind]: first };
    parts.push(toPart({ path, fate: 'restored', certainty: 'recorded', code: 'probe', values }));
    parts.push(...doubtPort(container, handler, path, values));
  }
  return { value: restored, parts };
}

/** Undefined where the injector kept nothing. Releases up to 1.7 kept an httpGet without its name. */
function readEntry(entry: JsonObject): JsonObject | undefined {
  const kind = HANDLERS.find((each) => isObject(entry[each]));
  if (kind === undefined) return typeof entry.port === 'number' ? { httpGet: entry } : undefined;
  return { [kind]: objectAt(entry, kind) };
}

/** The injector resolves port names before it keeps a probe, so a port that has a name may have been asked for by it. */
function doubtPort(
  container: JsonObject,
  handler: JsonObject,
  path: string,
  values: { readonly container: string; readonly probe: string },
): readonly UninjectedPart[] {
  const kind = HANDLERS.find((each) => isObject(handler[each]));
  if (kind === undefined || kind === 'grpc') return [];
  const { port } = objectAt(handler, kind);
  const ports = objectsAt(container, 'ports');
  const names = ports
    .filter((each) => each.containerPort === port)
    .map((each) => textAt(each, 'name'))
    .filter((name) => name !== '' && ports.findLast((each) => textAt(each, 'name') === name)?.containerPort === port);
  if (names.length === 0) return [];
  const alternatives = [...new Set(names)];
  return [
    toPart({
      path: `${path}.${kind}.port`,
      fate: 'restored',
      certainty: 'unknown',
      code: 'probe-port-name',
      values: { ...values, names: alternatives.join(', ') },
      alternatives,
    }),
  ];
}
