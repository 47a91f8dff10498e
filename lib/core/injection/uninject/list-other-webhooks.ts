import { matchPod } from '@/lib/core/injection/match-webhooks';
import { toWebhook } from '@/lib/core/injection/parse-webhook-configurations';
import { isJson, toJson, toList } from '@/lib/core/injection/read-json';
import { matchesLabelSelector } from '@/lib/core/kube/label-selector';
import type { StringMap } from '@/lib/core/kube/object-types';
import type { DocumentRecord } from '@/lib/core/kube/records';

const ISTIO_SUFFIX = 'istio.io';

/**
 * Lists the webhooks beside Istio's that the API server calls when a pod is created.
 *
 * Input: records of all MutatingWebhookConfigurations, and the labels of the namespace and of the pod.
 * Output: names of entries in the order of the calls; one whose condition cannot be judged is in it.
 */
export function listOtherWebhooks(
  records: Iterable<DocumentRecord>,
  namespaceLabels: StringMap,
  podLabels: StringMap,
): readonly string[] {
  return [...records]
    .sort((one, two) => (one.name < two.name ? -1 : 1))
    .flatMap((record) => {
      const webhooks = toList(toJson(record.body).webhooks).filter(isJson).map(toWebhook);
      const configuration = { name: record.name, revision: '', isDeactivated: false, createdAt: '', webhooks };
      const candidates = webhooks
        .filter(({ name, isForPods }) => isForPods && !name.endsWith(ISTIO_SUFFIX))
        .filter(
          ({ namespaceSelector }) =>
            namespaceSelector === undefined || matchesLabelSelector(namespaceSelector, namespaceLabels),
        )
        .map((webhook) => ({ configuration, webhook, isUncertain: false }));
      return matchPod({ labels: podLabels }, candidates).map(({ webhook }) => webhook.name);
    });
}
