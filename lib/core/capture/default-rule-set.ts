import { AMBIENT_DEFAULTS, buildAmbientRules } from './build-ambient-rules';
import { buildRuleSet } from './build-rule-set';
import { buildSidecarRules } from './build-sidecar-rules';
import { CNI_DEFAULTS, INJECTOR_DEFAULTS } from './capture-annotations';
import { PROGRAM_DEFAULTS } from './capture-config';
import type { CaptureSettings } from './capture-settings';
import type { Family, RuleSet } from './rule-types';

/** The rules that a pod gets when nobody asks for anything, by the same mechanism and release. */
export function defaultRuleSet(
  { mechanism }: Pick<CaptureSettings, 'mechanism'>,
  family: Family,
  minor?: number,
): RuleSet {
  if (mechanism === 'ambient') return buildRuleSet(buildAmbientRules(AMBIENT_DEFAULTS, family), family);
  const defaults = mechanism === 'cni' ? CNI_DEFAULTS : INJECTOR_DEFAULTS;
  const config = { ...PROGRAM_DEFAULTS, ...defaults, enableIpv6: family === 'ipv6' };
  return buildRuleSet(buildSidecarRules(config, family, minor), family);
}
