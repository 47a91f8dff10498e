import { prefixFault } from '@/lib/core/injection/engine/prefix-fault';
import { type CaptureConfig, splitList, WILDCARD } from './capture-config';

const MAX_OWNER_GROUPS = 64;
const BINARIES: ReadonlySet<string> = new Set(['', 'legacy', 'nft']);

/**
 * Finds the error with which istio-iptables ends before it makes any rule.
 *
 * Input: `forcedBinary` is the value of `--force-iptables-binary`.
 * Output: the program's own line; nothing for a config that works.
 * Source: Istio, tools/common/config/validation.go; tools/istio-iptables/pkg/capture/run.go, Run.
 */
export function findProgramError(config: CaptureConfig, forcedBinary = ''): string | undefined {
  return (
    groupsError(config) ??
    (BINARIES.has(forcedBinary) ? undefined : `invalid FORCE_IPTABLES_BINARY value ${JSON.stringify(forcedBinary)}`) ??
    loopbackError(config.loopbackCidr) ??
    rangesError(config.outboundIpRangesExclude) ??
    (config.outboundIpRangesExclude === WILDCARD ? 'invalid value for OUTBOUND_IP_RANGES_EXCLUDE' : undefined) ??
    rangesError(config.outboundIpRangesInclude)
  );
}

/** Only groups to capture are counted, not those to leave alone. */
function groupsError({ ownerGroupsInclude }: CaptureConfig): string | undefined {
  const groups = splitList(ownerGroupsInclude);
  if (ownerGroupsInclude === WILDCARD || groups.length <= MAX_OWNER_GROUPS) return undefined;
  return `number of owner groups whose outgoing traffic should be redirected to Envoy cannot exceed ${MAX_OWNER_GROUPS}, got ${groups.length}: [${groups.join(' ')}]`;
}

function loopbackError(cidr: string): string | undefined {
  const fault = prefixFault(cidr);
  if (fault !== undefined) return `failed to parse CIDR ${cidr}: ${fault}`;
  const [address = '', length = ''] = cidr.split('/');
  if (!address.startsWith('127.')) return `expected valid IPv4 loopback address in CIDR ${cidr}; found ${address}`;
  if (Number(length) >= 8) return undefined;
  return `expected CIDR ${cidr} to have mask in range [8, 32]; found ${length}`;
}

function rangesError(list: string): string | undefined {
  if (list === WILDCARD) return undefined;
  return splitList(list)
    .map(prefixFault)
    .find((fault) => fault !== undefined);
}
