import 'server-only';
import { type PodProcessesAnswer, podProcessesAnswerSchema } from '@/lib/api/pod-ports';
import { readPod } from '@/lib/cluster/read-object';
import type { ClusterSession } from '@/lib/cluster/session';
import { describeProcesses } from '@/lib/core/pod/describe-processes';

/** What runs in a pod and how it reaches the control plane. */
export async function buildPodProcessesAnswer(
  session: ClusterSession,
  namespace: string,
  name: string,
): Promise<PodProcessesAnswer> {
  return podProcessesAnswerSchema.parse(describeProcesses(await readPod(session, namespace, name)));
}
