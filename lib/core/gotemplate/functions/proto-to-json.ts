import { type JsonTree, JsonUnsupported } from '@/lib/core/gotemplate/encode/json-tree';
import { messageTree } from '@/lib/core/gotemplate/encode/message-tree';
import { writeJson } from '@/lib/core/gotemplate/encode/write-json';
import type { ByteString } from '@/lib/core/gotemplate/values/byte-string';
import type { Args } from './define';

interface Default {
  readonly json: unknown;
  readonly since?: number;
  readonly until?: number;
}

/** What the mesh gives every proxy, by release, and protoToJSON therefore leaves out. Source: Istio, pkg/config/mesh, DefaultProxyConfig. */
const DEFAULTS: Readonly<Record<string, Default>> = {
  configPath: { json: './etc/istio/proxy' },
  binaryPath: { json: '/usr/local/bin/envoy' },
  serviceCluster: { json: 'istio-proxy' },
  drainDuration: { json: '45s' },
  parentShutdownDuration: { json: '60s', until: 16 },
  terminationDrainDuration: { json: '5s', since: 7 },
  proxyAdminPort: { json: 15000 },
  controlPlaneAuthPolicy: { json: 'MUTUAL_TLS', since: 7 },
  discoveryAddress: { json: 'istiod.istio-system.svc:15012' },
  statNameLength: { json: 189 },
  statusPort: { json: 15020 },
  concurrency: { json: 2, until: 17 },
  tracing: { json: { zipkin: { address: 'zipkin.istio-system:9411' } }, until: 21 },
  envoyMetricsService: { json: {}, until: 8 },
  envoyAccessLogService: { json: {}, until: 8 },
};

const isOf = ({ since = 0, until = 99 }: Default, minor: number) => minor >= since && minor <= until;

function equals(tree: JsonTree, json: unknown): boolean {
  switch (tree.kind) {
    case 'string':
      return tree.text === json;
    case 'number':
      return typeof json === 'number' && tree.text === String(json);
    case 'object': {
      if (typeof json !== 'object' || json === null) return false;
      const wanted = Object.entries(json);
      const isSame = ([key, member]: readonly [string, unknown]) =>
        tree.members.some(([name, inner]) => name === key && equals(inner, member));
      return wanted.length === tree.members.length && wanted.every(isSame);
    }
    default:
      return false;
  }
}

function withoutDefaults(tree: JsonTree, minor: number): JsonTree {
  if (tree.kind !== 'object') return tree;
  const kept = tree.members.filter(([key, member]) => {
    const known = DEFAULTS[key];
    return known === undefined || !isOf(known, minor) || !equals(member, known.json);
  });
  return { kind: 'object', members: kept };
}

/** Istio's protoToJSON: a proxy config without the mesh defaults of its release, any other message as it is. */
export function protoToJson(args: Args, minor: number): ByteString {
  const value = args.value(0);
  const message = value.kind === 'pointer' ? value.target : undefined;
  if (message?.kind !== 'struct') return '{}';
  const { budget } = args.context;
  try {
    const tree = messageTree(message, budget);
    const isProxyConfig = message.type.name === 'v1alpha1.ProxyConfig';
    return writeJson(isProxyConfig ? withoutDefaults(tree, minor) : tree, budget);
  } catch (error) {
    if (error instanceof JsonUnsupported) return '{}';
    throw error;
  }
}
