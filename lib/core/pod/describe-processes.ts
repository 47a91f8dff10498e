import { AMBIENT_REDIRECTION_ANNOTATION } from '@/lib/core/kube/names';
import type { Container, Pod } from '@/lib/core/kube/pod-types';
import { expandArguments, listEnvoyArguments } from './envoy-arguments';
import { toJsonList, toJsonObject, toText } from './json-value';
import { listPorts } from './list-ports';
import { isLongRunning, placeContainers } from './pod-containers';
import { PROBERS_ENV } from './pod-names.data';
import type { PortRow } from './port-types';
import { buildProcessChain } from './process-chain';
import type { PodProcess, ProcessPeer, ProcessReport } from './process-types';
import { type ProxyFacts, readProxyFacts } from './read-proxy-facts';

const XDS_SOCKET = '/etc/istio/proxy/XDS';
const SDS_SOCKET = '/var/run/secrets/workload-spiffe-uds/socket';

/**
 * Describes what runs in a pod and how it reaches the control plane.
 *
 * Output: application containers first, then Envoy and its agent; a pod without a proxy has its applications only, and a verdict that says so.
 * Source: Istio, pilot/cmd/pilot-agent; pkg/istio-agent; compared with `ps` and `ss` of a running pod.
 */
export function describeProcesses(pod: Pod): ProcessReport {
  const facts = readProxyFacts(pod);
  const rows = listPorts(pod);
  const isAmbient = pod.metadata.annotations?.[AMBIENT_REDIRECTION_ANNOTATION] === 'enabled';
  const kind = facts?.role ?? (isAmbient ? 'ambient' : 'none');
  const { chain, links } = buildProcessChain(kind, facts);
  return {
    kind,
    verdict: { code: `pod.process.verdict.${kind}` },
    processes: [
      ...listApplications(pod, facts, rows),
      ...(facts === undefined ? [] : listProxyProcesses(facts, pod, rows)),
    ],
    chain,
    links,
  };
}

function listApplications(pod: Pod, facts: ProxyFacts | undefined, rows: readonly PortRow[]): readonly PodProcess[] {
  return placeContainers(pod.spec)
    .filter((placed) => isLongRunning(placed) && placed.container !== facts?.placed.container)
    .map(({ container }) => ({
      id: `application/${container.name}`,
      process: 'application',
      container: container.name,
      command: container.command?.[0] ?? container.image ?? '',
      args: expandArguments([...(container.command ?? []).slice(1), ...(container.args ?? [])], pod),
      ...readUser(container, pod),
      role: { code: 'pod.process.application', values: { container: container.name, image: container.image ?? '' } },
      listensOn: listenTexts(rows, (row) => row.container === container.name),
      talksTo: [],
    }));
}

function listProxyProcesses(facts: ProxyFacts, pod: Pod, rows: readonly PortRow[]): readonly PodProcess[] {
  const { container } = facts.placed;
  const common = { container: container.name, ...readUser(container, pod) };
  const hasEnvoy = facts.role !== 'grpc-agent';
  const agent: PodProcess = {
    ...common,
    id: 'pilot-agent',
    process: 'pilot-agent',
    command: 'pilot-agent',
    args: expandArguments(container.args ?? [], pod),
    role: { code: hasEnvoy ? 'pod.process.agent' : 'pod.process.agent-alone' },
    listensOn: [...listenTexts(rows, (row) => row.process === 'pilot-agent'), XDS_SOCKET, SDS_SOCKET],
    talksTo: listAgentPeers(facts),
  };
  if (!hasEnvoy) return [agent];
  const envoy: PodProcess = {
    ...common,
    id: 'envoy',
    process: 'envoy',
    command: '/usr/local/bin/envoy',
    args: listEnvoyArguments(facts, pod),
    role: { code: facts.role === 'sidecar' ? 'pod.process.envoy' : 'pod.process.envoy-gateway' },
    listensOn: listenTexts(rows, (row) => row.process === 'envoy'),
    talksTo: [
      { address: XDS_SOCKET, because: { code: 'pod.process.peer.xds-socket' } },
      { address: SDS_SOCKET, because: { code: 'pod.process.peer.sds-socket' } },
      ...(facts.statusPort === 0
        ? []
        : [{ address: `127.0.0.1:${facts.statusPort}`, because: { code: 'pod.process.peer.readiness' } as const }]),
    ],
  };
  return [envoy, agent];
}

function listAgentPeers(facts: ProxyFacts): readonly ProcessPeer[] {
  const hasProbes = facts.placed.container.env?.some(({ name }) => name === PROBERS_ENV) === true;
  return [
    { address: facts.discoveryAddress, because: { code: 'pod.process.peer.istiod-xds' } },
    ...(facts.caAddress === ''
      ? []
      : [{ address: facts.caAddress, because: { code: 'pod.process.peer.istiod-ca' } as const }]),
    ...(facts.role === 'grpc-agent'
      ? []
      : [{ address: `127.0.0.1:${facts.adminPort}`, because: { code: 'pod.process.peer.envoy-admin' } as const }]),
    ...(hasProbes ? [{ address: '127.0.0.1', because: { code: 'pod.process.peer.app-probes' } as const }] : []),
  ];
}

/** Sockets as `ss` would print them: `0.0.0.0:15006`, `127.0.0.1:15053/udp`. */
function listenTexts(rows: readonly PortRow[], isOwn: (row: PortRow) => boolean): readonly string[] {
  return rows.filter(isOwn).map(({ bind, port, protocol }) => {
    const address = bind.includes(':') ? `[${bind}]` : bind;
    return `${address}:${port}${protocol === 'TCP' ? '' : `/${protocol.toLowerCase()}`}`;
  });
}

function readUser({ securityContext }: Container, pod: Pod): Pick<PodProcess, 'uid' | 'gid' | 'capabilities'> {
  const read = (field: string) => securityContext?.[field] ?? pod.spec?.securityContext?.[field];
  const [uid, gid] = [read('runAsUser'), read('runAsGroup')];
  const { add, drop } = toJsonObject(securityContext?.capabilities);
  const isDropped = toJsonList(drop).some((name) => name === 'ALL' || name === 'all');
  return {
    ...(typeof uid === 'number' ? { uid } : {}),
    ...(typeof gid === 'number' ? { gid } : {}),
    ...(isDropped ? { capabilities: toJsonList(add).flatMap((name) => toText(name) ?? []) } : {}),
  };
}
