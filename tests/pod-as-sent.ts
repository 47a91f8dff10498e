import { applyDefaults } from '@/demo/server/default-object';
import { recordsAt } from '@/demo/server/json-access';
import { resourceId } from '@/demo/server/kind-row';
import { KINDS } from '@/demo/server/kinds';
import type { JsonObject, NewObject } from '@/demo/server/object-types';
import { RESTARTED_AT_ANNOTATION } from '@/lib/core/kube/names';
import { LAST_APPLIED_ANNOTATION } from '@/lib/core/pod/pod-names.data';

const PODS = KINDS.find((row) => resourceId(row) === 'pods');

/** Of controllers, and of the node that the pod went to. */
const ADDED_LABELS =
  /^(pod-template-hash|controller-revision-hash|pod-template-generation|(apps|statefulset)\.kubernetes\.io\/pod-(index|name)|topology\.kubernetes\.io\/(region|zone))$/;
const ADDED_ANNOTATIONS: ReadonlySet<string> = new Set([RESTARTED_AT_ANNOTATION, LAST_APPLIED_ANNOTATION]);
const OVERRIDES = 'proxy.istio.io/overrides';

/**
 * A pod without what the API server, its controller and the scheduler add, with every field's default filled in. What a
 * DaemonSet and a StatefulSet give each pod of its own is among it: its node, its host name.
 */
export function podAsSent(pod: NewObject) {
  const { metadata, spec } = structuredClone(pod);
  const full = { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name: 'pod' }, spec: spec ?? {} };
  if (PODS !== undefined) applyDefaults(PODS, full);
  const rest = Object.fromEntries(Object.entries(full.spec).filter(([key]) => !ADDED_FIELDS.has(key)));
  const labels = Object.entries(full.metadata.labels ?? {}).filter(([key]) => !ADDED_LABELS.test(key));
  const annotations = Object.entries(full.metadata.annotations ?? {}).filter(([key]) => !ADDED_ANNOTATIONS.has(key));
  return {
    metadata: {
      labels: Object.fromEntries(labels),
      annotations: Object.fromEntries(
        annotations.map(([key, text]) => [key, key === OVERRIDES ? overrides(text) : text]),
      ),
    },
    spec: { ...rest, ...withoutTokens(rest), volumes: recordsAt(rest, 'volumes').filter((volume) => !isToken(volume)) },
  };
}

const ADDED_FIELDS: ReadonlySet<string> = new Set([
  'nodeName',
  'tolerations',
  'serviceAccount',
  'serviceAccountName',
  'priority',
  'preemptionPolicy',
  'hostname',
  'subdomain',
  'affinity',
]);

const isToken = (volume: JsonObject) => String(volume.name).startsWith('kube-api-access-');

/** The injector keeps the author's own proxy as it came in: with the token that the API server had mounted by then. */
function overrides(text: string): unknown {
  return withoutTokens(JSON.parse(text));
}

function withoutTokens(spec: JsonObject) {
  const trim = (key: string) =>
    recordsAt(spec, key).map((container) => ({
      ...container,
      volumeMounts: recordsAt(container, 'volumeMounts').filter((mount) => !isToken(mount)),
    }));
  return { containers: trim('containers'), initContainers: trim('initContainers') };
}
