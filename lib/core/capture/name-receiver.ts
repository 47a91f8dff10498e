import { type CaptureConfig, PORT } from './capture-config';
import type { Trace } from './trace-types';

/** The process that a packet ends at, by the port and the way it came. */
export type Receiver =
  | 'envoy-outbound'
  | 'envoy-inbound'
  | 'tunnel'
  | 'dns-proxy'
  | 'agent'
  | 'envoy-health'
  | 'envoy-metrics'
  | 'envoy-admin'
  /** Whoever listens on that port: the application, or nobody. */
  | 'app';

/** Ports of the proxy, as the rules name them. */
export type ProxyPorts = Pick<CaptureConfig, 'proxyPort' | 'inboundCapturePort' | 'inboundTunnelPort'>;

/** Envoy's admin interface, on localhost only. */
const ADMIN_PORT = 15_000;

/** Which process gets a delivered packet; nothing for one that is not delivered. */
export function nameReceiver({ outcome, packet }: Trace, ports: ProxyPorts): Receiver | undefined {
  if (outcome.kind !== 'delivered') return undefined;
  const { port } = outcome;
  if (port === PORT.dns) return 'dns-proxy';
  if (packet.protocol !== 'tcp') return 'app';
  switch (port) {
    case Number(ports.proxyPort):
      return 'envoy-outbound';
    case Number(ports.inboundCapturePort):
      return 'envoy-inbound';
    case Number(ports.inboundTunnelPort):
      return 'tunnel';
    case PORT.agentStatus:
      return 'agent';
    case PORT.proxyHealth:
      return 'envoy-health';
    case PORT.proxyMetrics:
      return 'envoy-metrics';
    case ADMIN_PORT:
      return 'envoy-admin';
    default:
      return 'app';
  }
}
