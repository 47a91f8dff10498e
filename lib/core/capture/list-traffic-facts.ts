import type { Pod } from '@/lib/core/kube/pod-types';
import type { Phrase } from '@/lib/core/phrase';
import { capturesDns, INIT_CONTAINER, isTproxy, PASSTHROUGH_SOURCE, PORT, WILDCARD } from './capture-config';
import type { PacketRequest } from './packet-request';
import type { PacketScene } from './tell-packet';

/** Something about this pod's traffic that surprises people, with the packet that shows it. */
export interface TrafficFact {
  readonly says: Phrase;
  readonly request?: PacketRequest;
}

const OUTSIDE = { ipv4: '203.0.113.9', ipv6: '2001:db8::9' } as const;
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
  return [...inboundFacts(scene), ...selfFacts(scene), ...identityFacts(scene), ...udpFacts(scene), ...repeatFacts(pod)];
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

function inboundFacts(scene: PacketScene): readonly TrafficFact[] {
  const { config, ruleSet } = scene;
  const to = (destinationPort: number) =>
    ({ direction: 'in', protocol: 'tcp', destination: own(scene), destinationPort }) as const;
  const app = appOf(scene);
  const inbound = config.inboundCapturePort;
  return [
    ...(config.inboundPortsInclude === WILDCARD
      ? [{ says: say('looks-open', { inbound }), request: to(CLOSED_PORT) }]
      : []),
    {
      says: isTproxy(config)
        ? say('client-kept', { name: app.name })
        : say('client-hidden', { name: app.name, source: PASSTHROUGH_SOURCE[ruleSet.family] }),
      request: to(app.port),
    },
    {
      says: isTproxy(config)
        ? say('tunnel-taken', { port: config.inboundTunnelPort, inbound })
        : say('tunnel-alone', { port: config.inboundTunnelPort }),
      request: to(Number(config.inboundTunnelPort)),
    },
  ];
}

function selfFacts(scene: PacketScene): readonly TrafficFact[] {
  const { config } = scene;
  const app = appOf(scene);
  const address = own(scene);
  const call = { direction: 'out', protocol: 'tcp', destination: address, destinationPort: app.port } as const;
  const proxy = proxyOf(scene);
  return [
    { says: say('self-call', { name: app.name, address, port: app.port }), request: call },
    // With TPROXY the proxy runs as root, and the rule for its user does not meet it.
    ...(isTproxy(config)
      ? []
      : [
          {
            says: say('proxy-self-call', { uid: proxy.uid, address, inbound: config.inboundCapturePort }),
            request: { ...call, ...proxy },
          },
        ]),
  ];
}

function proxyOf({ ends, config }: PacketScene) {
  const uid = Number(ends.find((end) => end.kind === 'envoy')?.uid ?? config.proxyUid.split(',')[0]);
  return { uid, gid: Number(config.proxyGid.split(',')[0]) };
}

function identityFacts(scene: PacketScene): readonly TrafficFact[] {
  const { ruleSet, config } = scene;
  const { gid } = proxyOf(scene);
  const out = { direction: 'out', protocol: 'tcp', destination: OUTSIDE[ruleSet.family], destinationPort: HTTP } as const;
  return [
    { says: say('root-captured', { outbound: config.proxyPort }), request: { ...out, uid: 0, gid: 0 } },
    { says: say('group-passes', { gid }), request: { ...out, uid: 0, gid } },
    { says: say('admin-open', { port: PORT.admin }) },
    ...(isTproxy(config) ? [{ says: say('tproxy-root', { gid }) }] : []),
  ];
}

function udpFacts(scene: PacketScene): readonly TrafficFact[] {
  const { ruleSet, config } = scene;
  const { family } = ruleSet;
  const udp = (destination: string, destinationPort: number) =>
    ({ direction: 'out', protocol: 'udp', destination, destinationPort }) as const;
  const known = family === 'ipv4' ? config.dnsServersV4 : config.dnsServersV6;
  return [
    { says: say('udp-passes', { dns: capturesDns(config) ? 'on' : 'off' }), request: udp(OUTSIDE[family], CLOSED_PORT) },
    ...(capturesDns(config) && !config.captureAllDns
      ? [{ says: say('dns-listed', { servers: known.join(', ') }), request: udp(OTHER_RESOLVER[family], DNS) }]
      : []),
  ];
}

/** Each run of the init container adds its rules to those that are there; the network of a pod outlives the container. */
function repeatFacts(pod: Pod): readonly TrafficFact[] {
  const status = pod.status?.initContainerStatuses?.find(({ name }) => name === INIT_CONTAINER);
  const restarts = status?.restartCount ?? 0;
  return restarts === 0 ? [] : [{ says: say('ran-again', { times: restarts + 1 }) }];
}
