import type { DocumentRecord, ObjectRecord } from '@/lib/core/kube/records';
import { type Fields, fieldsList, numberField, specOf, textField, textList, toFields } from './document-fields';

export interface RouteParent {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

interface RouteBackend extends RouteParent {
  readonly port: string;
  readonly weight: number;
}

export interface GatewayRoute {
  readonly record: ObjectRecord;
  readonly hosts: readonly string[];
  readonly parents: readonly RouteParent[];
  readonly rules: readonly { readonly paths: readonly string[]; readonly backends: readonly RouteBackend[] }[];
}

const toRef = (fields: Fields, kind: string, namespace: string): RouteParent => ({
  kind: textField(fields, 'kind') || kind,
  namespace: textField(fields, 'namespace') || namespace,
  name: textField(fields, 'name'),
});

const toHttpPath = (match: Fields): string => {
  const path = toFields(match.path);
  const value = textField(path, 'value');
  if (value === '') return '';
  const type = textField(path, 'type');
  if (type === 'RegularExpression') return `~${value}`;
  return type === 'Exact' ? value : `${value}*`;
};

const toGrpcPath = (match: Fields): string => {
  const method = toFields(match.method);
  const service = textField(method, 'service');
  return service === '' ? '' : `/${service}/${textField(method, 'method') || '*'}`;
};

/**
 * Reads an HTTPRoute or GRPCRoute.
 *
 * Output: references with the API's defaults filled in (parents are Gateways, backends Services, both of the route's own
 * namespace, weight 1). A backend of weight 0 gets no traffic and is kept.
 */
export function parseGatewayRoute(record: DocumentRecord): GatewayRoute {
  const spec = specOf(record.body);
  const toPath = record.kind === 'GRPCRoute' ? toGrpcPath : toHttpPath;
  const hosts = textList(spec, 'hostnames');
  return {
    record,
    hosts: hosts.length === 0 ? ['*'] : hosts,
    parents: fieldsList(spec, 'parentRefs').map((parent) => toRef(parent, 'Gateway', record.namespace)),
    rules: fieldsList(spec, 'rules').map((rule) => ({
      paths: fieldsList(rule, 'matches').map(toPath),
      backends: fieldsList(rule, 'backendRefs').map((backend) => ({
        ...toRef(backend, 'Service', record.namespace),
        port: textField(backend, 'port'),
        weight: numberField(backend, 'weight') ?? 1,
      })),
    })),
  };
}
