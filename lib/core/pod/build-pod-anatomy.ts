import { PROXY_CONTAINER } from '@/lib/core/kube/names';
import type { Pod } from '@/lib/core/kube/pod-types';
import type {
  AnatomyContainer,
  AnatomyGate,
  AnatomyMark,
  AnatomyPlug,
  AnatomyState,
  PodAnatomy,
} from './anatomy-types';
import { listAnatomyVolumes } from './anatomy-volumes';
import type { PodChange } from './change-types';
import { listPorts } from './list-ports';
import { isLongRunning, type PlacedContainer, placeContainers } from './pod-containers';
import { SETUP_CONTAINERS } from './pod-names.data';
import type { InboundJudge, ListeningProcess, PortRow } from './port-types';
import { type ProxyFacts, readProxyFacts } from './read-proxy-facts';
import { toPod } from './summarise-changes';
import type { WrittenPod } from './written-pod';

/**
 * The picture of a pod as plain data: as written and as it runs, with what was added and changed.
 *
 * Input: both pods, their change list, and how the capture rules judge a port; without a judge no way through the gate is drawn.
 * Output: containers in start order, plugs by number; nothing about places on a screen.
 */
export function buildPodAnatomy(
  written: WrittenPod,
  pod: Pod,
  changes: readonly PodChange[],
  judge?: InboundJudge,
): PodAnatomy {
  const before = toPod(written, pod);
  const [rowsBefore, rowsAfter] = [listPorts(before), listPorts(pod, judge)];
  const known = new Set(rowsBefore.map(({ id }) => id));
  const asRuns = buildState(pod, rowsAfter, changes, known);
  const asWritten = markRemoved(buildState(before, rowsBefore, [], known), asRuns);
  const count = (state: AnatomyState) => new Set([...state.init, ...state.running].map(({ id }) => id)).size;
  return {
    asWritten,
    asRuns,
    counts: { containers: [count(asWritten), count(asRuns)], ports: [rowsBefore.length, rowsAfter.length] },
  };
}

/** What the running pod lacks is marked where it was: in the pod as written. */
function markRemoved(state: AnatomyState, asRuns: AnatomyState): AnatomyState {
  const containers = new Set([...asRuns.init, ...asRuns.running].map(({ id }) => id));
  const [plugs, volumes] = [new Set(asRuns.plugs.map(({ id }) => id)), new Set(asRuns.volumes.map(({ name }) => name))];
  const mark = <T extends { readonly mark: AnatomyMark }>(part: T, isThere: boolean): T =>
    isThere ? part : { ...part, mark: 'removed' };
  return {
    ...state,
    init: state.init.map((part) => mark(part, containers.has(part.id))),
    running: state.running.map((part) => mark(part, containers.has(part.id))),
    plugs: state.plugs.map((part) => mark(part, plugs.has(part.id))),
    volumes: state.volumes.map((part) => mark(part, volumes.has(part.name))),
  };
}

function buildState(
  pod: Pod,
  rows: readonly PortRow[],
  changes: readonly PodChange[],
  known: ReadonlySet<string>,
): AnatomyState {
  const facts = readProxyFacts(pod);
  const placed = placeContainers(pod.spec);
  const toContainer = (each: PlacedContainer) => toAnatomyContainer(each, rows, changes);
  const running = placed.filter(isLongRunning).map(toContainer);
  const gate = facts && toGate(facts, changes);
  return {
    init: placed.filter(({ list }) => list === 'initContainers').map(toContainer),
    running: [...running.filter(({ role }) => role !== 'proxy'), ...running.filter(({ role }) => role === 'proxy')],
    plugs: rows.filter((row) => isPlug(row, facts)).map((row) => toPlug(row, facts, known.has(row.id))),
    ...(gate === undefined ? {} : { gate }),
    volumes: listAnatomyVolumes(pod.spec, changes),
  };
}

function toAnatomyContainer(
  { container, list }: PlacedContainer,
  rows: readonly PortRow[],
  changes: readonly PodChange[],
): AnatomyContainer {
  const own = changes.filter((change) => change.container === container.name && !isTokenMount(change));
  const headline = own.find(({ id }) => id === `containers/${container.name}/container`);
  const mark: AnatomyMark = headline?.kind === 'added' ? 'added' : own.length > 0 ? 'changed' : 'same';
  return {
    id: container.name,
    name: container.name,
    image: container.image ?? '',
    role: readRole(container.name, list),
    isNative: list === 'initContainers' && container.restartPolicy === 'Always',
    mark,
    ...(headline === undefined ? {} : { does: headline.because }),
    sockets: groupSockets(rows.filter((row) => row.container === container.name)),
    changes: own.map(({ id }) => id),
  };
}

/** The API server mounts the token into every container; that alone makes none of them changed. */
function isTokenMount({ group, origin }: PodChange): boolean {
  return group === 'mounts' && origin === 'api-server';
}

function readRole(name: string, list: string): AnatomyContainer['role'] {
  if (name === PROXY_CONTAINER) return 'proxy';
  if (SETUP_CONTAINERS.includes(name)) return 'setup';
  return list === 'initContainers' ? 'init' : 'application';
}

function groupSockets(rows: readonly PortRow[]): AnatomyContainer['sockets'] {
  const groups = new Map<ListeningProcess, Set<number>>();
  for (const { process, port } of rows) groups.set(process, (groups.get(process) ?? new Set()).add(port));
  return [...groups].map(([process, ports]) => ({ process, ports: [...ports] }));
}

function toGate(
  { setup, interceptionMode, inboundPort, outboundPort, role }: ProxyFacts,
  changes: readonly PodChange[],
) {
  if (setup === undefined || role !== 'sidecar' || interceptionMode === 'NONE') return undefined;
  const isAdded = changes.some(({ id }) => id === `containers/${setup.name}/container`);
  const mark: AnatomyMark = isAdded ? 'added' : 'same';
  const gate: AnatomyGate = { mark, mode: interceptionMode, writtenBy: setup.name, inboundPort, outboundPort };
  return gate;
}

/** The two capture ports are stations behind the gate, not doors of their own. */
function isPlug({ reach, port, process, endsEarly }: PortRow, facts: ProxyFacts | undefined): boolean {
  const isStation = process === 'envoy' && (port === facts?.inboundPort || port === facts?.outboundPort);
  return reach !== 'loopback' && !isStation && endsEarly !== true;
}

function toPlug(row: PortRow, facts: ProxyFacts | undefined, isKnown: boolean): AnatomyPlug {
  const { id, port, protocol, container, process, inbound, purpose, clashes } = row;
  const via = inbound?.kind === 'captured' ? (inbound.toPort ?? facts?.inboundPort) : undefined;
  return {
    id,
    port,
    protocol,
    container,
    process,
    purpose,
    mark: isKnown ? 'same' : 'added',
    clashes: clashes.map(({ because }) => because),
    ...(inbound === undefined ? {} : { inbound }),
    ...(via === undefined ? {} : { viaPort: via }),
  };
}
