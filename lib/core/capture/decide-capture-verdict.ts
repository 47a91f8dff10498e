import type { Phrase } from '@/lib/core/phrase';
import { type CaptureConfig, splitList, WILDCARD } from './capture-config';
import type { CaptureSettings } from './capture-settings';

/** How much of one direction is captured, for the sentence's `select`. */
type Extent = 'all' | 'but' | 'some' | 'none';

/**
 * Says in one sentence what of a pod's traffic is captured, and how.
 *
 * Output: `capture.verdict.sidecar` with mode and both directions; or the reason why nothing is captured.
 */
export function decideCaptureVerdict(capture: CaptureSettings): Phrase {
  const { config, mechanism, interceptionMode } = capture;
  if (capture.faults.length > 0) return { code: 'capture.verdict.faulty', values: { count: capture.faults.length } };
  if (config !== undefined) {
    const { inbound, inboundList } = describeInbound(config);
    const { outbound, outboundList } = describeOutbound(config);
    const values = { mode: interceptionMode, inbound, inboundList, outbound, outboundList };
    return { code: 'capture.verdict.sidecar', values };
  }
  if (mechanism === 'ambient') return { code: 'capture.verdict.ambient' };
  return { code: `capture.verdict.${capture.because ?? 'no-sidecar'}` };
}

function describeInbound(config: CaptureConfig): { readonly inbound: Extent; readonly inboundList: string } {
  const excluded = splitList(config.inboundPortsExclude);
  const included = splitList(config.inboundPortsInclude);
  if (config.inboundPortsInclude !== WILDCARD) {
    return { inbound: included.length > 0 ? 'some' : 'none', inboundList: included.join(', ') };
  }
  return { inbound: excluded.length > 0 ? 'but' : 'all', inboundList: excluded.join(', ') };
}

function describeOutbound(config: CaptureConfig): { readonly outbound: Extent; readonly outboundList: string } {
  const excluded = [...splitList(config.outboundIpRangesExclude), ...splitList(config.outboundPortsExclude)];
  const included = [...splitList(config.outboundIpRangesInclude), ...splitList(config.outboundPortsInclude)];
  if (config.outboundIpRangesInclude !== WILDCARD) {
    return { outbound: included.length > 0 ? 'some' : 'none', outboundList: included.join(', ') };
  }
  return { outbound: excluded.length > 0 ? 'but' : 'all', outboundList: excluded.join(', ') };
}
