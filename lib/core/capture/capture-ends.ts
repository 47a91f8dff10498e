import { PROXY_CONTAINER } from '@/lib/core/kube/names';
import type { Container, Pod } from '@/lib/core/kube/pod-types';
import type { Phrase } from '@/lib/core/phrase';
import { type CaptureConfig, capturesDns, PORT } from './capture-config';

export interface CaptureEndPort {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly purpose?: Phrase;
}

/** A process at which captured or passed traffic ends. */
export interface CaptureEnd {
  readonly id: string;
  readonly kind: 'app' | 'agent' | 'envoy';
  readonly name: string;
  readonly uid?: string;
  readonly ports: readonly CaptureEndPort[];
}

const purpose = (code: string): Phrase => ({ code: `capture.port.${code}` });

/** The processes of a sidecar pod in the order they are drawn: applications as listed, the agent, Envoy. */
export function listCaptureEnds(pod: Pod, config: CaptureConfig): readonly CaptureEnd[] {
  const apps = (pod.spec?.containers ?? []).filter(({ name }) => name !== PROXY_CONTAINER);
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
      uid: config.interceptionMode === 'TPROXY' ? '0' : config.proxyUid,
      ports: [
        { port: Number(config.inboundCapturePort), protocol: 'tcp', purpose: purpose('inbound') },
        { port: Number(config.proxyPort), protocol: 'tcp', purpose: purpose('outbound') },
        { port: PORT.proxyHealth, protocol: 'tcp', purpose: purpose('health') },
        { port: PORT.proxyMetrics, protocol: 'tcp', purpose: purpose('metrics') },
      ],
    },
  ];
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
