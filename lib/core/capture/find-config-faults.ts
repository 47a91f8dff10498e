import type { Phrase } from '@/lib/core/phrase';
import { type CaptureConfig, splitList, WILDCARD } from './capture-config';
import { familyOfCidr, splitCidrs } from './split-cidrs';

const MAX_OWNER_GROUPS = 64;

/**
 * Finds values with which istio-iptables aborts, so that the pod never starts.
 *
 * Output: one phrase per fault, in the program's order; empty for a config that works.
 * Source: Istio, tools/istio-iptables/pkg/config, Config.Validate; pkg/capture/run.go, separateV4V6.
 */
export function findConfigFaults(config: CaptureConfig): readonly Phrase[] {
  const include = config.outboundIpRangesInclude === WILDCARD ? [] : splitCidrs(config.outboundIpRangesInclude).invalid;
  const exclude = splitCidrs(config.outboundIpRangesExclude).invalid;
  // Groups to leave alone may be as many as one likes.
  const tooMany = splitList(config.ownerGroupsInclude).length > MAX_OWNER_GROUPS;
  return [
    ...(tooMany ? [{ code: 'capture.fault.too-many-groups', values: { max: MAX_OWNER_GROUPS } }] : []),
    ...(isLoopbackRange(config.loopbackCidr)
      ? []
      : [{ code: 'capture.fault.bad-loopback', values: { value: config.loopbackCidr } }]),
    ...[...exclude, ...include].map((value) => ({ code: 'capture.fault.bad-range', values: { value } })),
  ];
}

function isLoopbackRange(text: string): boolean {
  return familyOfCidr(text) === 'ipv4' && text.startsWith('127.') && Number(text.split('/')[1]) >= 8;
}
