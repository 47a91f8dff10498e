import 'server-only';
import { type PodPortsAnswer, podPortsAnswerSchema } from '@/lib/api/pod-ports';
import type { ClusterSession } from '@/lib/cluster/session';
import { buildPodCapture } from '@/lib/core/capture/build-pod-capture';
import { judgeInbound } from '@/lib/core/capture/judge-inbound';
import { listPorts } from '@/lib/core/pod/list-ports';
import { readPodFacts } from './read-pod-facts';

/** Every listening port of a pod, with what the pod's own capture rules do with traffic to it. */
export async function buildPodPortsAnswer(
  session: ClusterSession,
  namespace: string,
  name: string,
): Promise<PodPortsAnswer> {
  const { pod, clusterDns } = await readPodFacts(session, namespace, name);
  const capture = buildPodCapture(pod, clusterDns);
  return podPortsAnswerSchema.parse({ items: listPorts(pod, judgeInbound(capture)), capture: capture.verdict });
}
