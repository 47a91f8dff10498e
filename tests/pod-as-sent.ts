import { applyDefaults } from '@/demo/server/default-object';
import { recordsAt } from '@/demo/server/json-access';
import { resourceId } from '@/demo/server/kind-row';
import { KINDS } from '@/demo/server/kinds';
import type { JsonObject, NewObject } from '@/demo/server/object-types';
import { RESTARTED_AT_ANNOTATION } from '@/lib/core/kube/names';

const PODS = KINDS.find((row) => resourceId(row) === 'pods');

/** Of the ReplicaSet, and of the node that the pod went to. */
const ADDED_LABELS = /^(pod-template-hash|topology\.kubernetes\.io\/(region|zone))$/;

/** A pod without what the API server, the controller and the scheduler add, with every field's default filled in. */
export function podAsSent(pod: NewObject) {
  const { metadata, spec } = structuredClone(pod);
  const full = { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name: 'pod' }, spec: spec ?? {} };
  if (PODS !== undefined) applyDefaults(PODS, full);
  const { nodeName, tolerations, serviceAccount, serviceAccountName, priority, preemptionPolicy, ...rest } = full.spec;
  const isToken = (volume: JsonObject) => String(volume.name).startsWith('kube-api-access-');
  const labels = Object.fromEntries(
    Object.entries(full.metadata.labels ?? {}).filter(([key]) => !ADDED_LABELS.test(key)),
  );
  const { [RESTARTED_AT_ANNOTATION]: _restarted, ...annotations } = full.metadata.annotations ?? {};
  const trim = (key: string) =>
    recordsAt(rest, key).map((one) => ({
      ...one,
      volumeMounts: recordsAt(one, 'volumeMounts').filter((mount) => !isToken(mount)),
    }));
  return {
    metadata: { labels, annotations },
    spec: {
      ...rest,
      containers: trim('containers'),
      initContainers: trim('initContainers'),
      volumes: recordsAt(rest, 'volumes').filter((volume) => !isToken(volume)),
    },
  };
}
