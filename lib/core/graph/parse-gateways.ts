import type { StringMap } from '@/lib/core/kube/object-types';
import type { DocumentRecord, ObjectRecord } from '@/lib/core/kube/records';
import { fieldsList, specOf, stringMapField, textField, textList, toFields } from './document-fields';

/** Put by Istio on what it deploys for a Gateway of the Gateway API. */
const GATEWAY_NAME_LABEL = 'gateway.networking.k8s.io/gateway-name';
/** Classes for which Istio deploys a proxy of its own. */
const DEPLOYED_CLASSES: ReadonlySet<string> = new Set(['istio', 'istio-waypoint']);

/** A gateway of either API, reduced to what the graph asks. */
export interface MeshGateway {
  readonly record: ObjectRecord;
  readonly api: 'istio' | 'gateway-api';
  readonly className: string;
  readonly hosts: readonly string[];
  readonly ports: readonly string[];
  /** Labels of the pods that carry it. */
  readonly selector: StringMap;
  /** Where those pods may be; empty for any namespace. */
  readonly selectorNamespace: string;
  /** Whether it serves nobody without such pods. */
  readonly needsWorkload: boolean;
  /** Whether routes of other namespaces may attach, as far as the object alone says. */
  readonly isOpen: boolean;
}

const unique = (values: readonly string[]): readonly string[] => [...new Set(values.filter((value) => value !== ''))];

/** Reads a Gateway of networking.istio.io. A server host `namespace/host` keeps its host only. */
export function parseIstioGateway(record: DocumentRecord): MeshGateway {
  const spec = specOf(record.body);
  const servers = fieldsList(spec, 'servers');
  return {
    record,
    api: 'istio',
    className: '',
    hosts: unique(servers.flatMap((server) => textList(server, 'hosts')).map((host) => host.replace(/^[^/]*\//, ''))),
    ports: unique(
      servers.map(({ port }) =>
        `${textField(toFields(port), 'number')} ${textField(toFields(port), 'protocol')}`.trim(),
      ),
    ),
    selector: stringMapField(spec, 'selector'),
    selectorNamespace: '',
    needsWorkload: true,
    isOpen: true,
  };
}

/** Reads a Gateway of gateway.networking.k8s.io. */
export function parseApiGateway(record: DocumentRecord): MeshGateway {
  const spec = specOf(record.body);
  const listeners = fieldsList(spec, 'listeners');
  const className = textField(spec, 'gatewayClassName');
  const from = listeners.map((listener) => textField(toFields(toFields(listener.allowedRoutes).namespaces), 'from'));
  return {
    record,
    api: 'gateway-api',
    className,
    hosts: unique(listeners.map((listener) => textField(listener, 'hostname') || '*')),
    ports: unique(
      listeners.map((listener) => `${textField(listener, 'port')} ${textField(listener, 'protocol')}`.trim()),
    ),
    selector: { [GATEWAY_NAME_LABEL]: record.name },
    selectorNamespace: record.namespace,
    needsWorkload: DEPLOYED_CLASSES.has(className) && fieldsList(spec, 'addresses').length === 0,
    isOpen: from.some((value) => value === 'All' || value === 'Selector'),
  };
}
