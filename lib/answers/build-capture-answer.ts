import 'server-only';
import { type CaptureAnswer, toCaptureAnswer } from '@/lib/api/capture';
import type { ClusterSession } from '@/lib/cluster/session';
import { buildPodCapture } from '@/lib/core/capture/build-pod-capture';
import { readPodFacts } from './read-pod-facts';

/** How a pod's traffic is captured, computed from the pod as it runs. */
export async function buildCaptureAnswer(
  session: ClusterSession,
  namespace: string,
  name: string,
): Promise<CaptureAnswer> {
  const { pod, clusterDns } = await readPodFacts(session, namespace, name);
  return toCaptureAnswer(buildPodCapture(pod, clusterDns));
}
