import { PROXY_CONTAINER } from '@/lib/core/kube/names';
import type { Container, Pod } from '@/lib/core/kube/pod-types';
import type { Phrase } from '@/lib/core/phrase';
import { type CaptureConfig, capturesDns, isTproxy, PORT, PROXY_USER, splitList } from './capture-config';

interface CaptureEndPort {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly purpose?: Phrase;
}

/** A process at which captured or passed traffic ends. */
export interface CaptureEnd {
  readonly id: string;
  readonly kind: 'app' | 'agent' | 'envoy' | 'ztunnel';
  readonly name: string;
  readonly uid?: string;
  readonly ports: readonly CaptureEndPort[];
}

const purpose = (code: string): Phrase => ({ code: `capture.port.${code}` });

/** The processes of a sidecar pod in the order they are drawn: applications as listed, the agent, Envoy. */
export function listCaptureEnds(pod: Pod, config: CaptureConfig): readonly CaptureEnd[] {
  const apps = (pod.spec?.containers ?? []).filter(({ name }) => name !== PROXY_CONTAINER);
  const all = [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])];
  const proxyUid = all.find(({ name }) => name === PROXY_CONTAINER)?.securityContext?.runAsUser;
  const dnsPort = capturesDns(config) ? [{ port: PORT.dns, protocol: 'udp' as const, purpose: purpose('dns') }] : [];
  return [
    ...apps.map((container) => toAppEnd(container, pod)),
    {
      id: 'end/agent',
      kind: 'agent',
      name: 'pilot-agent',
      ports: [{ port: PORT.agentStatus, protocol: 'tcp', purpose: purpose('agent-status') }, ...dnsPort],
    },
    {
      id: 'end/envoy',
      kind: 'envoy',
      name: 'Envoy',
      uid: typeof proxyUid === 'number' ? String(proxyUid) : usualProxyUid(config),
      ports: [
        { port: Number(config.inboundCapturePort), protocol: 'tcp', purpose: purpose('inbound') },
        { port: Number(config.proxyPort), protocol: 'tcp', purpose: purpose('outbound') },
        { port: PORT.proxyHealth, protocol: 'tcp', purpose: purpose('health') },
        { port: PORT.proxyMetrics, protocol: 'tcp', purpose: purpose('metrics') },
      ],
    },
  ];
}

/** The processes of a pod of the ambient mesh: applications as listed, and ztunnel, whose sockets are in the pod's network. */
export function listAmbientEnds(pod: Pod): readonly CaptureEnd[] {
  const open = (port: number, code: string) => ({ port, protocol: 'tcp' as const, purpose: purpose(code) });
  return [
    ...(pod.spec?.containers ?? []).map((container) => toAppEnd(container, pod)),
    {
      id: 'end/ztunnel',
      kind: 'ztunnel',
      name: 'ztunnel',
      ports: [
        open(PORT.inbound, 'inbound'),
        open(PORT.tunnel, 'tunnel'),
        open(PORT.outbound, 'outbound'),
        { ...open(PORT.dns, 'dns'), protocol: 'udp' },
      ],
    },
  ];
}

/** In TPROXY mode the proxy runs as root, in its own group. */
function usualProxyUid(config: CaptureConfig): string {
  return isTproxy(config) ? '0' : (splitList(config.proxyUid)[0] ?? PROXY_USER);
}

function toAppEnd(container: Container, pod: Pod): CaptureEnd {
  const uid = container.securityContext?.runAsUser ?? pod.spec?.securityContext?.runAsUser;
  return {
    id: `end/app/${container.name}`,
    kind: 'app',
    name: container.name,
    ...(typeof uid === 'number' ? { uid: String(uid) } : {}),
    ports: (container.ports ?? [])
      .filter(({ protocol = 'TCP' }) => protocol === 'TCP' || protocol === 'UDP')
      .map(({ containerPort, protocol }) => ({ port: containerPort, protocol: protocol === 'UDP' ? 'udp' : 'tcp' })),
  };
}
