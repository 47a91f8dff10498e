import type { DocumentRecord, ObjectRecord } from '@/lib/core/kube/records';
import { type Fields, fieldsList, numberField, specOf, textField, textList, toFields } from './document-fields';

interface RouteDestination {
  readonly host: string;
  readonly subset: string;
  readonly port: string;
  readonly weight: number;
}

interface RouteMatch {
  readonly path: string;
  /** Gateways this match is limited to; empty means those of the whole VirtualService. */
  readonly gateways: readonly string[];
}

export interface VirtualServiceRoute {
  readonly protocol: 'http' | 'tls' | 'tcp';
  readonly matches: readonly RouteMatch[];
  readonly destinations: readonly RouteDestination[];
  readonly delegate?: { readonly name: string; readonly namespace: string };
}

export interface VirtualService {
  readonly record: ObjectRecord;
  readonly hosts: readonly string[];
  readonly gateways: readonly string[];
  readonly routes: readonly VirtualServiceRoute[];
}

const PROTOCOLS = ['http', 'tls', 'tcp'] as const;

const toPath = (match: Fields): string => {
  const uri = toFields(match.uri);
  const exact = textField(uri, 'exact');
  const prefix = textField(uri, 'prefix');
  const regex = textField(uri, 'regex');
  if (exact !== '') return exact;
  if (prefix !== '') return `${prefix}*`;
  return regex === '' ? '' : `~${regex}`;
};

const toDestination = (entry: Fields): RouteDestination => {
  const destination = toFields(entry.destination);
  return {
    host: textField(destination, 'host'),
    subset: textField(destination, 'subset'),
    port: textField(toFields(destination.port), 'number'),
    weight: numberField(entry, 'weight') ?? 0,
  };
};

const toRoute = (protocol: VirtualServiceRoute['protocol'], route: Fields, namespace: string): VirtualServiceRoute => {
  const delegate = toFields(route.delegate);
  const name = textField(delegate, 'name');
  return {
    protocol,
    matches: fieldsList(route, 'match').map((match) => ({
      path: toPath(match),
      gateways: textList(match, 'gateways'),
    })),
    destinations: fieldsList(route, 'route').map(toDestination),
    ...(name === '' ? {} : { delegate: { name, namespace: textField(delegate, 'namespace') || namespace } }),
  };
};

/**
 * Reads the routing of a VirtualService.
 *
 * Output: gateways as written, `['mesh']` when none is named. No hosts marks a delegate, which only another one can call.
 * Never throws: a field of a wrong type counts as absent.
 */
export function parseVirtualService(record: DocumentRecord): VirtualService {
  const spec = specOf(record.body);
  const gateways = textList(spec, 'gateways');
  return {
    record,
    hosts: textList(spec, 'hosts'),
    gateways: gateways.length === 0 ? ['mesh'] : gateways,
    routes: PROTOCOLS.flatMap((protocol) =>
      fieldsList(spec, protocol).map((route) => toRoute(protocol, route, record.namespace)),
    ),
  };
}
