import 'server-only';
import { type PodDiffAnswer, podDiffAnswerSchema } from '@/lib/api/pod-diff';
import type { ClusterSession } from '@/lib/cluster/session';
import { buildPodCapture } from '@/lib/core/capture/build-pod-capture';
import { judgeInbound } from '@/lib/core/capture/judge-inbound';
import { comparePodWithOwner } from '@/lib/core/pod/compare-pod-with-owner';
import { readPodFacts } from './read-pod-facts';

/** One pod as written and as it runs, and everything that differs. */
export async function buildPodDiffAnswer(
  session: ClusterSession,
  namespace: string,
  name: string,
): Promise<PodDiffAnswer> {
  const { pod, owner, ownerProblem, clusterDns } = await readPodFacts(session, namespace, name);
  const judge = judgeInbound(buildPodCapture(pod, clusterDns));
  return podDiffAnswerSchema.parse({
    ...comparePodWithOwner(pod, owner, judge),
    ...(ownerProblem === undefined ? {} : { ownerProblem }),
  });
}
