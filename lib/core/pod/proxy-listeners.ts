import { AMBIENT_REDIRECTION_ANNOTATION } from '@/lib/core/kube/names';
import type { Pod } from '@/lib/core/kube/pod-types';
import type { PodPhrase, PodPhraseCode } from './pod-phrases.data';
import type { ListeningProcess, PortProtocol } from './port-types';
import { DEBUG_PORT, DEBUG_PORT_UNTIL, DNS_PORT, INBOUND_PORT, OUTBOUND_PORT, TUNNEL_PORT } from './proxy-ports.data';
import type { ProxyFacts } from './read-proxy-facts';

/** A socket that a mesh process opens, whether a container declares it or not. */
export interface Listener {
  readonly port: number;
  readonly protocol: PortProtocol;
  readonly process: ListeningProcess;
  readonly bind: string;
  readonly reach: 'wildcard' | 'loopback';
  readonly purpose: PodPhraseCode;
  readonly notes: readonly PodPhrase[];
}

/** `*` is one socket for both address families. Go programs open that; Envoy binds per family. */
interface Addresses {
  readonly wildcard: string;
  readonly loopback: string;
}

/** The addresses on which the proxy listens: those of IPv6 only where the pod has no other. */
export function readAddresses(pod: Pod): Addresses {
  const { podIP, podIPs } = pod.status ?? {};
  const addresses = podIPs?.map(({ ip }) => ip) ?? (podIP === undefined ? [] : [podIP]);
  const isIpv6Only = addresses.length > 0 && addresses.every((address) => address.includes(':'));
  return isIpv6Only ? { wildcard: '::', loopback: '::1' } : { wildcard: '0.0.0.0', loopback: '127.0.0.1' };
}

/**
 * The sockets of pilot-agent and Envoy in one pod.
 *
 * Input: the proxy's settings and the pod's address family.
 * Output: by process; a gateway's own servers are not among them, they follow from Gateway objects.
 * Source: Istio, section "Ports" of the docs, checked against `ss` in a running pod; pilot-agent, bootstrap, listener builder.
 */
export function listProxyListeners(facts: ProxyFacts, pod: Pod): readonly Listener[] {
  const { wildcard, loopback } = readAddresses(pod);
  const open =
    (process: 'envoy' | 'pilot-agent', bind: string, notes: readonly PodPhrase[]) =>
    (port: number, purpose: PodPhraseCode, protocol: PortProtocol = 'TCP'): readonly Listener[] =>
      port === 0
        ? []
        : [{ port, protocol, process, bind, reach: bind === loopback ? 'loopback' : 'wildcard', purpose, notes }];
  const perWorker: PodPhrase = { code: 'pod.port.note.per-worker', values: { workers: facts.workers ?? 0 } };
  const envoy = open('envoy', wildcard, [perWorker]);
  const agentLocal = open('pilot-agent', loopback, []);
  const agent = [
    ...open('pilot-agent', '*', [])(facts.statusPort, 'pod.port.status'),
    ...(facts.hasDnsCapture && facts.role !== 'grpc-agent'
      ? [...agentLocal(DNS_PORT, 'pod.port.dns', 'UDP'), ...agentLocal(DNS_PORT, 'pod.port.dns')]
      : []),
    ...agentLocal(facts.tokenServerPort, 'pod.port.token-server'),
    ...(servesDebugPort(facts) ? agentLocal(DEBUG_PORT, 'pod.port.debug') : []),
  ];
  if (facts.role === 'grpc-agent') return agent;
  return [
    ...open('envoy', loopback, [])(facts.adminPort, 'pod.port.admin'),
    ...captureListeners(facts, envoy),
    ...envoy(facts.readinessPort, facts.statusPort === 0 ? 'pod.port.readiness-off' : 'pod.port.readiness'),
    ...(facts.hasLocalMetrics ? open('envoy', loopback, [perWorker]) : envoy)(facts.metricsPort, 'pod.port.metrics'),
    ...facts.secureMetricsPorts.flatMap((port) => envoy(port, 'pod.port.secure-metrics')),
    ...agent,
  ];
}

function captureListeners(
  { role, interceptionMode, outboundPort, inboundPort, hasTunnel }: ProxyFacts,
  envoy: (port: number, purpose: PodPhraseCode) => readonly Listener[],
): readonly Listener[] {
  if (role === 'waypoint') return envoy(TUNNEL_PORT, 'pod.port.tunnel');
  if (role !== 'sidecar') return [];
  return [
    ...(interceptionMode === 'NONE'
      ? []
      : [...envoy(outboundPort, 'pod.port.outbound'), ...envoy(inboundPort, 'pod.port.inbound')].map(addUnbound)),
    ...(hasTunnel ? envoy(TUNNEL_PORT, 'pod.port.tunnel') : []),
  ];
}

/** Nobody finds the listeners of single services with `ss`: these two take every connection for them. */
function addUnbound(listener: Listener): Listener {
  return { ...listener, notes: [...listener.notes, { code: 'pod.port.note.unbound' }] };
}

function servesDebugPort({ version, role }: ProxyFacts): boolean {
  if (version === undefined || role === 'grpc-agent') return false;
  const [major, minor] = version;
  return major === DEBUG_PORT_UNTIL[0] && minor <= DEBUG_PORT_UNTIL[1];
}

/** The sockets that ztunnel opens inside the network of a pod of an ambient mesh. */
export function listAmbientListeners(pod: Pod): readonly Listener[] {
  if (pod.metadata.annotations?.[AMBIENT_REDIRECTION_ANNOTATION] !== 'enabled') return [];
  const { loopback } = readAddresses(pod);
  const open = (port: number, purpose: PodPhraseCode, bind: string, protocol: PortProtocol = 'TCP'): Listener => ({
    port,
    protocol,
    process: 'ztunnel',
    bind,
    reach: bind === loopback ? 'loopback' : 'wildcard',
    purpose,
    notes: [],
  });
  return [
    open(OUTBOUND_PORT, 'pod.port.ambient-outbound', '*'),
    open(INBOUND_PORT, 'pod.port.ambient-inbound', '*'),
    open(TUNNEL_PORT, 'pod.port.tunnel', '*'),
    open(DNS_PORT, 'pod.port.dns', loopback, 'UDP'),
    open(DNS_PORT, 'pod.port.dns', loopback),
  ];
}

/** The sockets of istiod itself, in the container that Istio's chart names `discovery`. */
export function listControlPlaneListeners(pod: Pod): readonly Listener[] {
  if (pod.spec?.containers?.some(({ name, args }) => name === 'discovery' && args?.includes('discovery')) !== true)
    return [];
  const open = (port: number, purpose: PodPhraseCode, reach: 'wildcard' | 'loopback' = 'wildcard'): Listener => ({
    port,
    protocol: 'TCP',
    process: 'istiod',
    bind: reach === 'wildcard' ? '*' : readAddresses(pod).loopback,
    reach,
    purpose,
    notes: [],
  });
  return [
    open(8080, 'pod.port.istiod-debug'),
    open(9876, 'pod.port.istiod-control', 'loopback'),
    open(15010, 'pod.port.istiod-plain'),
    open(15012, 'pod.port.istiod-secure'),
    open(15014, 'pod.port.istiod-monitoring'),
    open(15017, 'pod.port.istiod-webhook'),
  ];
}
