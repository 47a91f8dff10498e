import 'server-only';
import type { CaptureDifferenceAnswer } from '@/lib/api/capture-difference';
import { ClusterError } from '@/lib/cluster/cluster-error';
import type { ClusterSession } from '@/lib/cluster/session';
import { buildPodCapture, type PodCapture } from '@/lib/core/capture/build-pod-capture';
import { compareRuleSets } from '@/lib/core/capture/compare-rule-sets';
import { defaultRuleSet } from '@/lib/core/capture/default-rule-set';
import type { Family, RuleSet } from '@/lib/core/capture/rule-types';
import { readPodFacts } from './read-pod-facts';

const DEFAULTS = 'defaults';

/**
 * Compares a pod's rules with another pod's, or with those of a pod that asks for nothing.
 *
 * Errors: `not-found` for either pod, `invalid` where the other has no rules of a sidecar. A pod without any differs in none.
 */
export async function buildCaptureDifference(
  session: ClusterSession,
  namespace: string,
  name: string,
  other: string,
): Promise<CaptureDifferenceAnswer> {
  const mine = await captureOf(session, namespace, name);
  const theirs = other === DEFAULTS ? undefined : await captureOf(session, namespace, other);
  if (theirs?.families.length === 0) {
    throw new ClusterError(
      'invalid',
      `No rules of a sidecar apply to pod ${namespace}/${other}, so there is nothing to compare with.`,
    );
  }
  return {
    families: mine.families.map(({ ruleSet }) => ({
      family: ruleSet.family,
      chains: compareRuleSets(ruleSet, ruleSetOf(mine, theirs, ruleSet.family)).map(({ lines, ...chain }) => ({
        ...chain,
        lines: lines.map((line) => ({ ...line })),
      })),
    })),
    settings: mine.settings.settings.flatMap(({ key, value, defaultValue }) => {
      const compared = theirs?.settings.settings.find((setting) => setting.key === key);
      const otherValue = theirs === undefined ? defaultValue : (compared?.value ?? '');
      return value === otherValue ? [] : [{ key, mine: value, other: otherValue }];
    }),
  };
}

async function captureOf(session: ClusterSession, namespace: string, name: string): Promise<PodCapture> {
  const { pod, clusterDns } = await readPodFacts(session, namespace, name);
  return buildPodCapture(pod, clusterDns);
}

function ruleSetOf(mine: PodCapture, theirs: PodCapture | undefined, family: Family): RuleSet {
  if (theirs === undefined) return defaultRuleSet(mine.settings, family, mine.minor);
  const found = theirs.families.find(({ ruleSet }) => ruleSet.family === family)?.ruleSet;
  return found ?? { family, tables: [] };
}
