import { INIT_CONTAINER } from '@/lib/core/kube/names';
import type { Pod } from '@/lib/core/kube/pod-types';
import { capturesDns, isTproxy, PASSTHROUGH_SOURCE, WILDCARD } from './capture-config';
import { proxyOwner } from './follow-sidecar';
import { listAmbientClaims } from './list-ambient-claims';
import { OUTSIDE, type PacketScene, type SidecarScene } from './packet-scene';
import {
  appOf,
  CLOSED_PORT,
  type Claim,
  DNS,
  HTTP,
  holds,
  OTHER_RESOLVER,
  own,
  say,
  type TrafficFact,
} from './traffic-claim';

const ADMIN_PORT = 15000;

/**
 * What people do not expect of a pod in the mesh, told with its own names, ports and addresses.
 *
 * Source: observed in running pods with real Envoy, pilot-agent and rules.
 */
export function listTrafficFacts(pod: Pod, scene: PacketScene): readonly TrafficFact[] {
  const claims = 'ambient' in scene ? listAmbientClaims(scene) : listSidecarClaims(pod, scene);
  return claims.filter((claim) => holds(claim, scene)).map(({ ends: _ends, ...fact }) => fact);
}

function listSidecarClaims(pod: Pod, scene: SidecarScene): readonly Claim[] {
  return [
    ...inboundFacts(scene),
    ...selfFacts(scene),
    ...identityFacts(scene),
    ...udpFacts(scene),
    ...repeatFacts(pod, scene),
  ];
}

function inboundFacts(scene: SidecarScene): readonly Claim[] {
  const { config, ruleSet } = scene;
  const to = (destinationPort: number) =>
    ({ direction: 'in', protocol: 'tcp', destination: own(scene), destinationPort }) as const;
  const app = appOf(scene);
  const inbound = config.inboundCapturePort;
  return [
    ...(config.inboundPortsInclude === WILDCARD
      ? [{ says: say('looks-open', { by: 'Envoy', inbound }), request: to(CLOSED_PORT), ends: 'captured' as const }]
      : []),
    {
      says: isTproxy(config)
        ? say('client-kept', { name: app.name })
        : say('client-hidden', { name: app.name, source: PASSTHROUGH_SOURCE[ruleSet.family] }),
      request: to(app.port),
      ends: 'captured' as const,
    },
    {
      says: say('tunnel-taken', { port: config.inboundTunnelPort, inbound }),
      request: to(Number(config.inboundTunnelPort)),
      ends: 'captured' as const,
    },
    {
      says: say('tunnel-alone', { port: config.inboundTunnelPort }),
      request: to(Number(config.inboundTunnelPort)),
      ends: 'passes' as const,
    },
  ];
}

function selfFacts(scene: SidecarScene): readonly Claim[] {
  const { config } = scene;
  const app = appOf(scene);
  const address = own(scene);
  const call = { direction: 'out', protocol: 'tcp', destination: address, destinationPort: app.port } as const;
  const proxy = proxyOwner(scene);
  return [
    { says: say('self-call', { by: 'Envoy', name: app.name, address, port: app.port }), request: call, ends: 'passes' },
    {
      says: say('proxy-self-call', { uid: proxy.uid, address, inbound: config.inboundCapturePort }),
      request: { ...call, ...proxy },
      ends: 'captured',
    },
  ];
}

function identityFacts(scene: SidecarScene): readonly Claim[] {
  const { ruleSet, config } = scene;
  const { gid } = proxyOwner(scene);
  const out = {
    direction: 'out',
    protocol: 'tcp',
    destination: OUTSIDE[ruleSet.family],
    destinationPort: HTTP,
  } as const;
  return [
    {
      says: say('root-captured', { outbound: config.proxyPort }),
      request: { ...out, uid: 0, gid: 0 },
      ends: 'captured',
    },
    { says: say('group-passes', { gid }), request: { ...out, uid: 0, gid }, ends: 'passes' },
    { says: say('admin-open', { port: ADMIN_PORT }) },
    ...(isTproxy(config) ? [{ says: say('tproxy-root', { gid }) }] : []),
  ];
}

function udpFacts(scene: SidecarScene): readonly Claim[] {
  const { ruleSet, config } = scene;
  const { family } = ruleSet;
  const udp = (destination: string, destinationPort: number) =>
    ({ direction: 'out', protocol: 'udp', destination, destinationPort }) as const;
  const known = family === 'ipv4' ? config.dnsServersV4 : config.dnsServersV6;
  return [
    {
      says: say('udp-passes', { dns: capturesDns(config) ? 'on' : 'off' }),
      request: udp(OUTSIDE[family], CLOSED_PORT),
      ends: 'passes',
    },
    ...(capturesDns(config) && !config.captureAllDns
      ? [
          {
            says: say('dns-listed', { servers: known.join(', ') }),
            request: udp(OTHER_RESOLVER[family], DNS),
            ends: 'passes' as const,
          },
        ]
      : []),
  ];
}

/** Each run of the init container adds its rules to those that are there; the network of a pod outlives the container. */
function repeatFacts(pod: Pod, { config }: SidecarScene): readonly Claim[] {
  const status = pod.status?.initContainerStatuses?.find(({ name }) => name === INIT_CONTAINER);
  const restarts = status?.restartCount ?? 0;
  if (restarts === 0) return [];
  const again = { says: say('ran-again', { times: restarts + 1 }) };
  return isTproxy(config) ? [again, { says: say('route-stays', { table: config.tproxyRouteTable }) }] : [again];
}
