import type { InboundJudge } from '@/lib/core/pod/port-types';
import type { PodCapture } from './build-pod-capture';
import { decidePortCapture } from './decide-port-capture';

/** How a pod's own capture rules treat a packet from outside to a port; undefined where no rules can be told. */
export function judgeInbound({ families, network }: PodCapture): InboundJudge | undefined {
  const ruleSet = families[0]?.ruleSet;
  if (ruleSet === undefined || network === undefined) return undefined;
  return (port, protocol) => {
    if (protocol === 'SCTP') return { kind: 'untouched' };
    const { kind, toPort, rule } = decidePortCapture(ruleSet, network, protocol === 'UDP' ? 'udp' : 'tcp', port);
    return { kind, toPort, ...(rule === undefined ? {} : { ruleText: rule.text }) };
  };
}
