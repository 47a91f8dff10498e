/** Port numbers of the data plane, as they are unless a setting moves them. Source: Istio, pkg/kube/inject, bootstrap and agent. */
export const ADMIN_PORT = 15000;
export const OUTBOUND_PORT = 15001;
export const DEBUG_PORT = 15004;
export const INBOUND_PORT = 15006;
export const TUNNEL_PORT = 15008;
export const STATUS_PORT = 15020;
export const READINESS_PORT = 15021;
export const DNS_PORT = 15053;
export const METRICS_PORT = 15090;

/** Numbers that Istio keeps for itself even where nobody listens on them in this pod. */
export const RESERVED_PORTS: ReadonlySet<number> = new Set([
  ADMIN_PORT,
  OUTBOUND_PORT,
  DEBUG_PORT,
  INBOUND_PORT,
  TUNNEL_PORT,
  STATUS_PORT,
  READINESS_PORT,
  DNS_PORT,
  METRICS_PORT,
]);

/** The last release whose agent served the debug port 15004. */
export const DEBUG_PORT_UNTIL: readonly [major: number, minor: number] = [1, 24];

export const DEFAULT_DISCOVERY_ADDRESS = 'istiod.istio-system.svc:15012';
