import { buildDnsRules } from './build-dns-rules';
import { buildBasicRules, buildInboundRules, buildInterfaceRules, buildInvalidDropRules } from './build-inbound-rules';
import { buildOlderRules } from './build-older-rules';
import { buildIdentityRules, buildOutboundHead, buildOutboundTail, buildOwnerGroupRules } from './build-outbound-rules';
import { buildTproxyRules } from './build-tproxy-rules';
import type { CaptureConfig } from './capture-config';
import { CURRENT_SINCE, NEWEST_MINOR } from './capture-release';
import type { Family, RuleDraft } from './rule-types';

/**
 * Computes the rules that istio-iptables installs for a sidecar, in its own order.
 *
 * Input: a validated config; entries of a range list that belong to neither family are left out. `minor` is the release, 31 for 1.31.
 * Output: the rules of one family in emission order, inserts not yet resolved; none for IPv6 unless it is enabled.
 * Source: Istio, tools/istio-iptables/pkg/capture/run.go, IptablesConfigurator.Run.
 */
export function buildSidecarRules(
  config: CaptureConfig,
  family: Family,
  minor: number = NEWEST_MINOR,
): readonly RuleDraft[] {
  if (minor < CURRENT_SINCE) return buildOlderRules(config, family, minor);
  if (family === 'ipv6' && !config.enableIpv6) return [];
  return [
    ...buildInterfaceRules(config),
    ...buildInvalidDropRules(config),
    ...buildBasicRules(config),
    ...buildInboundRules(config, family),
    ...buildOutboundHead(config, family),
    ...buildIdentityRules(config, family),
    ...buildOwnerGroupRules(config),
    ...buildDnsRules(config, family),
    ...buildOutboundTail(config, family),
    ...buildTproxyRules(config, family),
  ];
}
