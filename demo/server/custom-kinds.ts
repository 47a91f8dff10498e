import { customColumns } from './core-columns';
import { kindRow } from './define-kind';
import type { Column, KindRow } from './kind-row';

const NETWORKING = ['v1', 'v1beta1', 'v1alpha3'];
const SECURITY = ['v1', 'v1beta1'];
const TELEMETRY = ['v1', 'v1alpha1'];

function istioKind(
  group: string,
  versions: readonly string[],
  kind: string,
  shortNames: readonly string[] = [],
  columns: readonly Column[] = customColumns(),
): KindRow {
  const categories = ['istio-io', group.replaceAll('.', '-')];
  return kindRow(group, versions, kind, {
    shortNames,
    categories,
    columns,
    isCustom: true,
    hasGeneration: true,
    subresources: ['status'],
  });
}

const NET = 'networking.istio.io';
const SEC = 'security.istio.io';

const ISTIO_KINDS: readonly KindRow[] = [
  istioKind(NET, NETWORKING, 'Gateway', ['gw']),
  istioKind(
    NET,
    NETWORKING,
    'VirtualService',
    ['vs'],
    customColumns(['Gateways', 'spec', 'gateways'], ['Hosts', 'spec', 'hosts']),
  ),
  istioKind(NET, NETWORKING, 'DestinationRule', ['dr'], customColumns(['Host', 'spec', 'host'])),
  istioKind(
    NET,
    NETWORKING,
    'ServiceEntry',
    ['se'],
    customColumns(['Hosts', 'spec', 'hosts'], ['Location', 'spec', 'location'], ['Resolution', 'spec', 'resolution']),
  ),
  istioKind(NET, NETWORKING, 'Sidecar'),
  istioKind(NET, NETWORKING, 'WorkloadEntry', ['we'], customColumns(['Address', 'spec', 'address'])),
  istioKind(NET, NETWORKING, 'WorkloadGroup', ['wg']),
  istioKind(NET, ['v1alpha3'], 'EnvoyFilter'),
  istioKind(SEC, SECURITY, 'PeerAuthentication', ['pa'], customColumns(['Mode', 'spec', 'mtls', 'mode'])),
  istioKind(SEC, SECURITY, 'AuthorizationPolicy', ['ap'], customColumns(['Action', 'spec', 'action'])),
  istioKind(SEC, SECURITY, 'RequestAuthentication', ['ra']),
  istioKind('telemetry.istio.io', TELEMETRY, 'Telemetry', ['telemetry']),
];

const GATEWAY_API = 'gateway.networking.k8s.io';

function gatewayKind(versions: readonly string[], kind: string, row: Partial<KindRow> = {}): KindRow {
  return kindRow(GATEWAY_API, versions, kind, {
    categories: ['gateway-api'],
    isCustom: true,
    hasGeneration: true,
    subresources: ['status'],
    columns: customColumns(),
    ...row,
  });
}

const GATEWAY_KINDS: readonly KindRow[] = [
  gatewayKind(['v1', 'v1beta1'], 'GatewayClass', {
    namespaced: false,
    shortNames: ['gc'],
    columns: customColumns(['Controller', 'spec', 'controllerName']),
  }),
  gatewayKind(['v1', 'v1beta1'], 'Gateway', {
    shortNames: ['gtw'],
    columns: customColumns(['Class', 'spec', 'gatewayClassName']),
  }),
  gatewayKind(['v1', 'v1beta1'], 'HTTPRoute', { columns: customColumns(['Hostnames', 'spec', 'hostnames']) }),
  gatewayKind(['v1'], 'GRPCRoute', { columns: customColumns(['Hostnames', 'spec', 'hostnames']) }),
  gatewayKind(['v1beta1'], 'ReferenceGrant', { shortNames: ['refgrant'], subresources: [] }),
];

/** Kinds that a definition brings: Istio's and those of the Gateway API. */
export const CUSTOM_KINDS: readonly KindRow[] = [...ISTIO_KINDS, ...GATEWAY_KINDS];
