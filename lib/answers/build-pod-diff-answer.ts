import 'server-only';
import { type PodDiffAnswer, podDiffAnswerSchema } from '@/lib/api/pod-diff';
import type { ClusterSession } from '@/lib/cluster/session';
import { buildPodCapture } from '@/lib/core/capture/build-pod-capture';
import { judgeInbound } from '@/lib/core/capture/judge-inbound';
import { listOtherWebhooks } from '@/lib/core/injection/uninject/list-other-webhooks';
import { comparePodWithOwner } from '@/lib/core/pod/compare-pod-with-owner';
import { proveUninjection } from './prove-uninjection';
import { readPodFacts } from './read-pod-facts';

/** One pod as written and as it runs, and everything that differs. */
export async function buildPodDiffAnswer(
  session: ClusterSession,
  namespace: string,
  name: string,
): Promise<PodDiffAnswer> {
  const { pod, owner, ownerProblem, clusterDns } = await readPodFacts(session, namespace, name);
  const judge = judgeInbound(buildPodCapture(pod, clusterDns));
  const uninjected = await proveUninjection(session, pod);
  const otherWebhooks = listOtherWebhooks(
    session.store.list('mutatingwebhookconfigurations'),
    session.store.get('namespaces', '', namespace)?.labels ?? {},
    pod.metadata.labels ?? {},
  );
  const known = { ...(uninjected === undefined ? {} : { uninjected }), otherWebhooks };
  return podDiffAnswerSchema.parse({
    ...comparePodWithOwner(pod, owner, judge, known),
    ...(ownerProblem === undefined ? {} : { ownerProblem }),
  });
}
