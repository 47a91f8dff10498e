import type { Verdict } from './read-verdicts';

/** How a place may be judged otherwise on the real cluster, and why. */
export interface ScenarioDifference {
  /** Of places as `read-verdicts` names them. */
  readonly place: RegExp;
  readonly why: string;
  /** Takes out of a verdict what may differ, and nothing else. */
  readonly level: (verdict: Verdict) => Verdict;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export const SCENARIO_DIFFERENCES: readonly ScenarioDifference[] = [
  {
    place: /^kube-system DaemonSet\/kube-proxy$/,
    why: 'The demo cluster has a node for the control plane beside its three workers; the real one has three nodes.',
    level: ({ counts: _counts, asWanted: _asWanted, ...verdict }) => ({
      ...verdict,
      pods: [...new Set(listOf(verdict.pods))],
    }),
  },
  {
    place: / /,
    why: 'Release 1.10 does not write its revision on pods; the real revision 1-10-2 is a present release and does.',
    level: (verdict) => ({
      ...verdict,
      revisions: listOf(verdict.revisions).filter((revision) => revision !== '1-10-2'),
    }),
  },
  {
    place: /^sandbox Deployment\/by-tag$/,
    why: 'The template of release 1.10 replaces the tag in the label of the pod by its revision; present templates leave the label.',
    level: (verdict) => ({ ...verdict, pods: listOf(verdict.pods).map((pod) => String(pod).replace(' by prod', '')) }),
  },
];
