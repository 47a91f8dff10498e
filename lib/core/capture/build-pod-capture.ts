import type { Pod } from '@/lib/core/kube/pod-types';
import type { Phrase } from '@/lib/core/phrase';
import { buildRuleSet } from './build-rule-set';
import { buildSidecarRules } from './build-sidecar-rules';
import type { CaptureSettings } from './capture-settings';
import { decideCaptureVerdict } from './decide-capture-verdict';
import type { PodNetwork } from './packet';
import { readCaptureSettings } from './read-capture-settings';
import { type ClusterDns, toPodNetwork } from './read-pod-network';
import { renderRestore } from './render-restore';
import { renderSave } from './render-save';
import type { Family, RuleSet } from './rule-types';

export interface FamilyCapture {
  readonly ruleSet: RuleSet;
  /** What the program feeds to `iptables-restore`, as one text. */
  readonly restore: string;
  /** What `iptables-save` shows afterwards, as one text. */
  readonly save: string;
}

export interface PodCapture {
  readonly settings: CaptureSettings;
  readonly verdict: Phrase;
  readonly network?: PodNetwork;
  /** IPv4 always first; empty where no sidecar rules apply or the settings make the program fail. */
  readonly families: readonly FamilyCapture[];
}

/** Everything about a pod's capture that can be told from the pod: settings, verdict, and the rules of each family. */
export function buildPodCapture(pod: Pod, clusterDns: ClusterDns = {}): PodCapture {
  const settings = readCaptureSettings(pod, clusterDns);
  const verdict = decideCaptureVerdict(settings);
  const { config } = settings;
  if (config === undefined || settings.faults.length > 0) return { settings, verdict, families: [] };
  const families: readonly Family[] = config.enableIpv6 ? ['ipv4', 'ipv6'] : ['ipv4'];
  return {
    settings,
    verdict,
    network: toPodNetwork(pod, config),
    families: families.map((family) => {
      const drafts = buildSidecarRules(config, family);
      const ruleSet = buildRuleSet(drafts, family);
      return { ruleSet, restore: toText(renderRestore(drafts)), save: toText(renderSave(ruleSet)) };
    }),
  };
}

function toText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
