import type { Phrase } from '@/lib/core/phrase';
import { AMBIENT_MARK_MASK, ZTUNNEL_MARK } from './build-ambient-rules';
import { PORT } from './capture-config';
import type { CaptureSettingKey } from './capture-settings';
import { jumpThatChose } from './choose-rule';
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
  'ambient-dns': 'ambientDns',
  'ambient-inbound-rest': 'ambientBypassInbound',
  'ambient-virtual-interface': 'rerouteVirtualInterfaces',
};

/**
 * Answers for one packet: does the proxy get it, and which rule says so.
 *
 * Input: `proxy` is who listens where the rules lead to.
 * Output: of the rules that matched, the one that chose: the last before the hand-over, or the one that let it pass.
 */
export function answerPacket(leg: PacketLeg, proxy: 'Envoy' | 'ztunnel' = 'Envoy'): PacketAnswer {
  const { packet, direction, trace } = leg;
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
      const chosen = rule === undefined ? undefined : (jumpThatChose(rules, rule) ?? rule);
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
        const chosen = jumpThatChose(rules, outcome.by) ?? outcome.by;
        const kind = proxy === 'Envoy' && outcome.port === PORT.dns ? 'agent' : 'proxy';
        const values = { ...placeOf(chosen), port, to: outcome.port, ...(kind === 'proxy' ? { by: proxy } : {}) };
        return settle(kind, chosen, say(`${kind}-${direction}`, values));
      }
      return passed('direct', direction === 'in' ? 'direct-in' : 'inside', rules, leg, proxy);
    case 'leaves':
      return passed('leaves', 'leaves', rules, leg, proxy);
  }
}

function passed(
  kind: 'direct' | 'leaves',
  code: string,
  rules: readonly Rule[],
  { packet, direction }: PacketLeg,
  proxy: 'Envoy' | 'ztunnel',
): PacketAnswer {
  const port = packet.destinationPort;
  const rule = rules.findLast(({ target }) => target === 'RETURN' || target === 'ACCEPT');
  if (rule !== undefined) return settle(kind, rule, say(code, { ...placeOf(rule), port }));
  if (packet.protocol !== 'tcp') return { kind, says: say(`${code}-udp`, { port }) };
  if (proxy === 'ztunnel') return passedAmbient(kind, code, packet, direction);
  const setting = direction === 'in' ? 'inboundPortsInclude' : 'outboundIpRangesInclude';
  return { kind, says: say(`${code}-unlisted`, { port }), setting };
}

/** TCP that no rule of the ambient mesh met: ztunnel's own, for its tunnel port, or at a pod that takes its traffic itself. */
function passedAmbient(
  kind: 'direct' | 'leaves',
  code: string,
  { mark, destinationPort: port }: Packet,
  direction: 'in' | 'out',
): PacketAnswer {
  if ((mark & AMBIENT_MARK_MASK) === ZTUNNEL_MARK) return { kind, says: say(`${code}-ztunnel`, { port }) };
  if (direction === 'out') return { kind, says: say(`${code}-untaken`, { port }) };
  if (port === PORT.tunnel) return { kind: 'proxy', says: say('tunnel-in', { by: 'ztunnel', port }) };
  return { kind, says: say('direct-in-untaken', { port }), setting: 'ambientBypassInbound' };
}

function settle(kind: PacketAnswer['kind'], rule: Rule | undefined, says: Phrase): PacketAnswer {
  const setting = rule === undefined ? undefined : SETTING_OF[rule.meaning.code.replace('capture.rule.', '')];
  return { kind, says, ...(rule === undefined ? {} : { rule }), ...(setting === undefined ? {} : { setting }) };
}

function placeOf({ id, chain, table }: Rule) {
  return { number: Number(id.split('/').at(-1) ?? 0), chain, table };
}

function say(code: string, values?: Readonly<Record<string, string | number>>): Phrase {
  return values === undefined ? { code: `capture.answer.${code}` } : { code: `capture.answer.${code}`, values };
}
