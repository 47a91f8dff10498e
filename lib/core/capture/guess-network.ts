import { AMBIENT_LOCAL_MARK } from './build-ambient-rules';
import { type CaptureConfig, PROGRAM_DEFAULTS } from './capture-config';
import type { ProxyPorts } from './name-receiver';
import type { PodNetwork } from './packet';
import { readMask } from './read-rule-value';
import { CHAIN, listRules, type RuleSet } from './rule-types';
import { handoverPort } from './walk-chain';

/**
 * Reads from rules what a dump does not say: which marks the routing delivers locally.
 *
 * Output: TPROXY's mark where a rule sets it, ambient's return path where a rule restores it; none otherwise.
 */
export function guessLocalMarks(ruleSet: RuleSet): Pick<PodNetwork, 'localMarks' | 'localMarkMask'> {
  const rules = listRules(ruleSet);
  const tproxy = rules.find((rule) => rule.target === 'TPROXY');
  const mark = tproxy?.targetOptions.find(({ option }) => option === '--tproxy-mark')?.value;
  const read = mark === undefined ? undefined : readMask(mark);
  if (read !== undefined) return { localMarks: [read.value] };
  const isAmbient = rules.some(
    (rule) => rule.target === 'CONNMARK' && rule.matches.some(({ value }) => value === '0x111/0xfff'),
  );
  if (isAmbient) return { localMarks: [AMBIENT_LOCAL_MARK.mark], localMarkMask: AMBIENT_LOCAL_MARK.mask };
  return { localMarks: [] };
}

/** The proxy's ports as the chains name them; the usual ones where they do not. */
export function guessProxyPorts(ruleSet: RuleSet): ProxyPorts {
  const rules = listRules(ruleSet);
  const portOf = (usual: keyof CaptureConfig & keyof ProxyPorts, ...chains: string[]) => {
    const found = rules.find((rule) => chains.includes(rule.chain) && handoverPort(rule) !== undefined);
    return String((found === undefined ? undefined : handoverPort(found)) ?? PROGRAM_DEFAULTS[usual]);
  };
  return {
    proxyPort: portOf('proxyPort', CHAIN.redirect),
    inboundCapturePort: portOf('inboundCapturePort', CHAIN.inRedirect, CHAIN.tproxy),
    inboundTunnelPort: PROGRAM_DEFAULTS.inboundTunnelPort,
  };
}
