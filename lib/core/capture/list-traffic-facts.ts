import { INIT_CONTAINER } from '@/lib/core/kube/names';
import type { Pod } from '@/lib/core/kube/pod-types';
import type { Phrase } from '@/lib/core/phrase';
import { appUidOf } from './build-capture-flows';
import { capturesDns, isTproxy, PASSTHROUGH_SOURCE, WILDCARD } from './capture-config';
import { type PacketRequest, resolvePacket } from './packet-request';
import type { PacketScene } from './tell-packet';
import { tracePacket } from './trace-packet';

/** Something about this pod's traffic that surprises people, with the packet that shows it. */
export interface TrafficFact {
  readonly says: Phrase;
  readonly request?: PacketRequest;
}

/** A fact that holds only if its packet ends as expected: the rules of this pod decide. */
interface Claim extends TrafficFact {
  readonly ends?: 'captured' | 'passes';
}

const OUTSIDE = { ipv4: '203.0.113.9', ipv6: '2001:db8::9' } as const;
const ADMIN_PORT = 15000;
const CLOSED_PORT = 4000;
const HTTP = 80;
const DNS = 53;
const OTHER_RESOLVER = { ipv4: '192.0.2.53', ipv6: '2001:db8::53' } as const;

/**
 * What people do not expect of a pod with a sidecar, told with its own names, ports and addresses.
 *
 * Source: observed in running pods with real Envoy, pilot-agent and rules.
 */
export function listTrafficFacts(pod: Pod, scene: PacketScene): readonly TrafficFact[] {
  return [
    ...inboundFacts(scene),
    ...selfFacts(scene),
    ...identityFacts(scene),
    ...udpFacts(scene),
    ...repeatFacts(pod, scene),
  ]
    .filter((claim) => holds(claim, scene))
    .map(({ ends: _ends, ...fact }) => fact);
}

function holds({ request, ends }: Claim, scene: PacketScene): boolean {
  if (request === undefined || ends === undefined) return true;
  const resolved = resolvePacket(request, scene.pod, appUidOf(scene));
  if (!resolved.ok) return false;
  const { packet, direction } = resolved.value;
  const { outcome } = tracePacket(scene.ruleSet, packet, direction, scene.pod);
  const isCaptured = outcome.kind === 'delivered' && outcome.by !== undefined;
  return ends === 'captured' ? isCaptured : outcome.kind === 'leaves' || (outcome.kind === 'delivered' && !isCaptured);
}

const own = ({ pod }: PacketScene) => pod.addresses[0] ?? '';
const say = (code: string, values?: Phrase['values']): Phrase => ({
  code: `capture.fact.${code}`,
  ...(values === undefined ? {} : { values }),
});
const appOf = ({ ends }: PacketScene) => {
  const app = ends.find((end) => end.kind === 'app');
  return { name: app?.name ?? '', port: app?.ports[0]?.port ?? HTTP };
};

function inboundFacts(scene: PacketScene): readonly Claim[] {
  const { config, ruleSet } = scene;
  const to = (destinationPort: number) =>
    ({ direction: 'in', protocol: 'tcp', destination: own(scene), destinationPort }) as const;
  const app = appOf(scene);
  const inbound = config.inboundCapturePort;
  return [
    ...(config.inboundPortsInclude === WILDCARD
      ? [{ says: say('looks-open', { inbound }), request: to(CLOSED_PORT), ends: 'captured' as const }]
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

function selfFacts(scene: PacketScene): readonly Claim[] {
  const { config } = scene;
  const app = appOf(scene);
  const address = own(scene);
  const call = { direction: 'out', protocol: 'tcp', destination: address, destinationPort: app.port } as const;
  const proxy = proxyOf(scene);
  return [
    { says: say('self-call', { name: app.name, address, port: app.port }), request: call, ends: 'passes' },
    {
      says: say('proxy-self-call', { uid: proxy.uid, address, inbound: config.inboundCapturePort }),
      request: { ...call, ...proxy },
      ends: 'captured',
    },
  ];
}

function proxyOf({ ends, config }: PacketScene) {
  const uid = Number(ends.find((end) => end.kind === 'envoy')?.uid ?? config.proxyUid.split(',')[0]);
  return { uid, gid: Number(config.proxyGid.split(',')[0]) };
}

function identityFacts(scene: PacketScene): readonly Claim[] {
  const { ruleSet, config } = scene;
  const { gid } = proxyOf(scene);
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

function udpFacts(scene: PacketScene): readonly Claim[] {
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
function repeatFacts(pod: Pod, { config }: PacketScene): readonly Claim[] {
  const status = pod.status?.initContainerStatuses?.find(({ name }) => name === INIT_CONTAINER);
  const restarts = status?.restartCount ?? 0;
  if (restarts === 0) return [];
  const again = { says: say('ran-again', { times: restarts + 1 }) };
  return isTproxy(config) ? [again, { says: say('route-stays', { table: config.tproxyRouteTable }) }] : [again];
}
