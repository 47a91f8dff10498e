import { ZTUNNEL_MARK } from './build-ambient-rules';
import { PORT, PROXY_USER } from './capture-config';
import { type AmbientScene, OUTSIDE } from './packet-scene';
import { appOf, CLOSED_PORT, type Claim, DNS, HTTP, OTHER_RESOLVER, own, say } from './traffic-claim';

/**
 * What people do not expect of a pod of the ambient mesh, each with the packet that has to end so for it to be true.
 *
 * Source: observed with the rules of the node agent on a kernel.
 */
export function listAmbientClaims(scene: AmbientScene): readonly Claim[] {
  const { family } = scene.ruleSet;
  const app = appOf(scene);
  const address = own(scene);
  const arrives = (destinationPort: number) =>
    ({ direction: 'in', protocol: 'tcp', destination: address, destinationPort }) as const;
  const sends = (destination: string, destinationPort: number) =>
    ({ direction: 'out', protocol: 'tcp', destination, destinationPort }) as const;
  const uid = Number(PROXY_USER);
  const mark = `0x${ZTUNNEL_MARK.toString(16)}`;
  const probe = scene.ambient.probeAddresses[family];
  return [
    {
      says: say('looks-open', { by: 'ztunnel', inbound: PORT.inbound }),
      request: arrives(CLOSED_PORT),
      ends: 'captured',
    },
    { says: say('ztunnel-client-kept', { name: app.name }), request: arrives(app.port), ends: 'captured' },
    {
      says: say('probe-passes', { name: app.name, probe }),
      request: { ...arrives(app.port), source: probe },
      ends: 'passes',
    },
    {
      says: say('self-call', { by: 'ztunnel', name: app.name, address, port: app.port }),
      request: sends(address, app.port),
      ends: 'passes',
    },
    {
      says: say('user-captured', { uid, mark, outbound: PORT.outbound }),
      request: { ...sends(OUTSIDE[family], HTTP), uid },
      ends: 'captured',
    },
    {
      says: say('mark-passes', { mark }),
      request: { ...sends(OUTSIDE[family], HTTP), mark: ZTUNNEL_MARK },
      ends: 'passes',
    },
    {
      says: say('ambient-udp-passes', { dns: scene.ambient.capturesDns ? 'on' : 'off' }),
      request: { ...sends(OUTSIDE[family], CLOSED_PORT), protocol: 'udp' },
      ends: 'passes',
    },
    {
      says: say('ambient-dns', { port: PORT.dns }),
      request: { ...sends(OTHER_RESOLVER[family], DNS), protocol: 'udp' },
      ends: 'captured',
    },
  ];
}
