import { type PodDiffAnswer, podDiffAnswerSchema } from '@/lib/api/pod-diff';
import type { Pod } from '@/lib/core/kube/pod-types';
import { comparePodWithOwner } from '@/lib/core/pod/compare-pod-with-owner';
import { plainPod, sidecarPod } from '@/lib/core/pod/example-pods';
import type { InboundJudge } from '@/lib/core/pod/port-types';

const judge: InboundJudge = (port) =>
  port === 80 ? { kind: 'captured', toPort: 15006 } : { kind: 'skipped', toPort: port };

/** The answer for a pod of tests, made as the server makes it; a pod without capture rules has no judge. */
export function exampleAnswer(pod: Pod = sidecarPod(), written = plainPod()): PodDiffAnswer {
  const owner = { kind: 'ReplicaSet', name: 'shop-5d', template: written };
  return podDiffAnswerSchema.parse(
    comparePodWithOwner(pod, owner, pod.spec?.initContainers === undefined ? undefined : judge),
  );
}
