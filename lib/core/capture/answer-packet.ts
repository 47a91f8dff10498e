import type { Phrase } from '@/lib/core/phrase';
import type { CaptureSettingKey } from './capture-settings';
import type { Packet } from './packet';
import type { Rule } from './rule-types';
import type { PacketLeg } from './tell-packet';

/** What became of a packet, in one sentence, with what settled it. */
export interface PacketAnswer {
  readonly kind: 'proxy' | 'agent' | 'direct' | 'leaves' | 'dropped' | 'forwarded' | 'unknown';
  readonly says: Phrase;
  /** The rule that settled it; absent where no rule met the packet. */
  readonly rule?: Rule;
  /** The setting that made that rule, or that left it out. */
  readonly setting?: CaptureSettingKey;
}

/** Which setting a rule stands for, by what it means. Rules that every pod has are not here. */
const SETTING_OF: Readonly<Record<string, CaptureSettingKey>> = {
  'excluded-interface-in': 'excludeInterfaces',
  'excluded-interface-out': 'excludeInterfaces',
  'rerouted-interface': 'rerouteVirtualInterfaces',
  'rerouted-interface-range': 'rerouteVirtualInterfaces',
  'rerouted-interface-rest': 'rerouteVirtualInterfaces',
  'invalid-packets': 'dropInvalid',
  'tunnel-port': 'inboundTunnelPort',
  'excluded-inbound-port': 'inboundPortsExclude',
  'proxy-metrics-port': 'inboundPortsExclude',
  'proxy-health-port': 'inboundPortsExclude',
  'agent-status-port': 'inboundPortsExclude',
  'included-inbound-port': 'inboundPortsInclude',
  'inbound-rest': 'inboundPortsInclude',
  'excluded-outbound-port': 'outboundPortsExclude',
  'included-outbound-port': 'outboundPortsInclude',
  'excluded-range': 'outboundIpRangesExclude',
  'included-range': 'outboundIpRangesInclude',
  'outbound-rest': 'outboundIpRangesInclude',
  'proxy-own-uid': 'proxyUid',
  'proxy-own-gid': 'proxyGid',
  'excluded-owner-group': 'ownerGroupsExclude',
  'only-owner-groups': 'ownerGroupsInclude',
  'no-owner-group': 'ownerGroupsInclude',
  'dns-all': 'captureAllDns',
  'dns-server': 'dnsServers',
};

/**
 * Answers for one packet: does the proxy get it, and which rule says so.
 *
 * Output: of the rules that matched, the one that chose: the last before the hand-over, or the one that let it pass.
 */
export function answerPacket({ packet, direction, trace }: PacketLeg, dnsPort: number): PacketAnswer {
  const { outcome } = trace;
  const rules = trace.steps.map(({ rule }) => rule);
  const port = packet.destinationPort;
  switch (outcome.kind) {
    case 'unknown':
      return {
        kind: 'unknown',
        says: say('unknown', { ...placeOf(outcome.rule), text: outcome.rule.text }),
        rule: outcome.rule,
      };
    case 'dropped': {
      const { rule } = outcome;
      const chosen = rule === undefined ? undefined : (choiceBefore(rules, rule) ?? rule);
      return settle(
        'dropped',
        chosen,
        chosen === undefined ? say('dropped-by-policy') : say('dropped', placeOf(chosen)),
      );
    }
    case 'forwarded':
      return { kind: 'forwarded', says: say('forwarded', { address: packet.destination }) };
    case 'delivered':
      if (outcome.by !== undefined) {
        const chosen = choiceBefore(rules, outcome.by) ?? outcome.by;
        const kind = outcome.port === dnsPort ? 'agent' : 'proxy';
        return settle(kind, chosen, say(`${kind}-${direction}`, { ...placeOf(chosen), port, to: outcome.port }));
      }
      return passed('direct', direction === 'in' ? 'direct-in' : 'inside', rules, packet.protocol, direction, port);
    case 'leaves':
      return passed('leaves', 'leaves', rules, packet.protocol, direction, port);
  }
}

function passed(
  kind: 'direct' | 'leaves',
  code: string,
  rules: readonly Rule[],
  protocol: Packet['protocol'],
  direction: 'in' | 'out',
  port: number,
): PacketAnswer {
  const rule = rules.findLast(({ target }) => target === 'RETURN' || target === 'ACCEPT');
  if (rule !== undefined) return settle(kind, rule, say(code, { ...placeOf(rule), port }));
  if (protocol !== 'tcp') return { kind, says: say(`${code}-udp`, { port }) };
  const setting = direction === 'in' ? 'inboundPortsInclude' : 'outboundIpRangesInclude';
  return { kind, says: say(`${code}-unlisted`, { port }), setting };
}

function settle(kind: PacketAnswer['kind'], rule: Rule | undefined, says: Phrase): PacketAnswer {
  const setting = rule === undefined ? undefined : SETTING_OF[rule.meaning.code.replace('capture.rule.', '')];
  return { kind, says, ...(rule === undefined ? {} : { rule }), ...(setting === undefined ? {} : { setting }) };
}

/** A hand-over stands alone in its chain; what chose is the jump that led there. */
function choiceBefore(rules: readonly Rule[], handover: Rule): Rule | undefined {
  const before = rules[rules.indexOf(handover) - 1];
  return before?.target === handover.chain ? before : undefined;
}

function placeOf({ id, chain, table }: Rule) {
  return { number: Number(id.split('/').at(-1) ?? 0), chain, table };
}

function say(code: string, values?: Readonly<Record<string, string | number>>): Phrase {
  return values === undefined ? { code: `capture.answer.${code}` } : { code: `capture.answer.${code}`, values };
}
