import { type CaptureConfig, isTproxy, OUTBOUND_MARK } from './capture-config';
import { append, insert, loopbackCidr, passthroughCidr, proxyIdentities, ruleMeaning } from './rule-draft';
import { CHAIN, type Family, type RuleDraft } from './rule-types';

/** What TPROXY needs besides the hand-over: marks that bring answers back and keep Envoy's own calls apart (S16). */
export function buildTproxyRules(config: CaptureConfig, family: Family): readonly RuleDraft[] {
  if (!isTproxy(config)) return [];
  const mark = config.tproxyMark;
  const loop = loopbackCidr(config, family);
  const mangle = (chain: string, text: string, code: string) =>
    append('mangle', chain, text, ruleMeaning(code, { mark }));
  const first = (position: number, text: string, code: string) =>
    insert('mangle', CHAIN.inbound, position, text, ruleMeaning(code, { mark }));
  return [
    mangle('PREROUTING', `-p tcp -m mark --mark ${mark} -j CONNMARK --save-mark`, 'tproxy-save-mark'),
    mangle('OUTPUT', `-p tcp -o lo -m mark --mark ${mark} -j RETURN`, 'tproxy-own-mark'),
    ...proxyIdentities(config).map(({ kind, option, value }) =>
      append(
        'mangle',
        'OUTPUT',
        `! -d ${loop} -p tcp -o lo -m owner ${option} ${value} -j MARK --set-mark ${OUTBOUND_MARK}`,
        ruleMeaning(`tproxy-self-call-${kind}`, { id: value, mark: OUTBOUND_MARK }),
      ),
    ),
    mangle('OUTPUT', `-p tcp -m connmark --mark ${mark} -j CONNMARK --restore-mark`, 'tproxy-restore-mark'),
    first(1, `-p tcp -m mark --mark ${mark} -j RETURN`, 'tproxy-marked'),
    first(2, `-p tcp -s ${passthroughCidr(family)} -i lo -j RETURN`, 'passthrough-source'),
    first(3, `-p tcp -i lo -m mark ! --mark ${OUTBOUND_MARK} -j RETURN`, 'tproxy-local'),
  ];
}
