import 'server-only';
import { type CaptureAnswer, toCaptureAnswer } from '@/lib/api/capture';
import type { ClusterSession } from '@/lib/cluster/session';
import { buildPodCapture } from '@/lib/core/capture/build-pod-capture';
import { isAddress } from '@/lib/core/capture/packet-request';
import { hasSidecar } from '@/lib/core/injection/classify-pod';
import { readPodFacts } from './read-pod-facts';

const MOST_NEIGHBOURS = 100;

/** How a pod's traffic is captured, computed from the pod as it runs. */
export async function buildCaptureAnswer(
  session: ClusterSession,
  namespace: string,
  name: string,
): Promise<CaptureAnswer> {
  const { pod, clusterDns } = await readPodFacts(session, namespace, name);
  const around = { services: listServices(session, namespace), others: listOthers(session, namespace, name) };
  return toCaptureAnswer(buildPodCapture(pod, clusterDns), around);
}

function listOthers({ store }: ClusterSession, namespace: string, name: string): string[] {
  return store
    .list('pods', namespace)
    .filter((pod) => pod.name !== name && hasSidecar(pod))
    .map((pod) => pod.name)
    .sort()
    .slice(0, MOST_NEIGHBOURS);
}

function listServices({ store }: ClusterSession, namespace: string): CaptureAnswer['services'] {
  return store
    .list('services', namespace)
    .filter(({ clusterIP }) => isAddress(clusterIP))
    .map(({ name, ports }) => ({
      name,
      ports: ports.flatMap(({ port, protocol }) =>
        protocol === 'TCP' || protocol === 'UDP'
          ? [{ port, protocol: protocol === 'TCP' ? ('tcp' as const) : ('udp' as const) }]
          : [],
      ),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .slice(0, MOST_NEIGHBOURS);
}
