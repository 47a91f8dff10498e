import { recordAt, recordsAt, stringAt } from './json-access';
import type { NewObject } from './object-types';
import type { Store } from './store';

const SERVICE_NETWORK = '10.96';
const FIRST_NODE_PORT = 30_000;
const NODE_PORTS = 2_768;

/** Gives a Service the cluster IP and node ports that it has not asked for itself. */
export function allocateAddresses(store: Store, service: NewObject): void {
  const spec = recordAt(service, 'spec');
  service.spec = spec;
  const type = stringAt(spec, 'type');
  if (type === 'ExternalName') return;
  const services = store.list('services');
  if (spec.clusterIP === undefined || spec.clusterIP === '') {
    const taken = new Set(services.map((other) => stringAt(other, 'spec', 'clusterIP')));
    spec.clusterIP = freeAddress(taken, `${service.metadata.namespace ?? ''}/${service.metadata.name ?? ''}`);
  }
  spec.clusterIPs ??= [spec.clusterIP];
  // A headless service without a selector may point anywhere, so it is of both families.
  const isOpen = spec.clusterIP === 'None' && Object.keys(recordAt(spec, 'selector')).length === 0;
  spec.ipFamilies ??= isOpen ? ['IPv4', 'IPv6'] : ['IPv4'];
  spec.ipFamilyPolicy ??= isOpen ? 'RequireDualStack' : 'SingleStack';
  if (type !== 'NodePort' && type !== 'LoadBalancer') return;
  const ports = services.flatMap((other) => recordsAt(other, 'spec', 'ports').map((port) => port.nodePort));
  const taken = new Set<unknown>(ports);
  for (const port of recordsAt(spec, 'ports')) {
    if (port.nodePort !== undefined) continue;
    let candidate = FIRST_NODE_PORT + (hash(`${service.metadata.name ?? ''}${String(port.port)}`) % NODE_PORTS);
    while (taken.has(candidate)) candidate = FIRST_NODE_PORT + ((candidate + 1 - FIRST_NODE_PORT) % NODE_PORTS);
    port.nodePort = candidate;
    taken.add(candidate);
  }
}

// The same service gets the same address in every demo cluster, so screenshots and tests do not wander.
function freeAddress(taken: ReadonlySet<string | undefined>, name: string): string {
  for (let number = hash(name) % 65_000; ; number = (number + 1) % 65_000) {
    const address = `${SERVICE_NETWORK}.${(number >> 8) & 255}.${number & 255}`;
    if (number > 10 && !taken.has(address)) return address;
  }
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}
