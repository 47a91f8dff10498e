import { decodeKube } from '@/lib/core/injection/engine/decode-struct';
import { type JsonObject, type JsonValue, objectAt, textAt, textsOf } from '@/lib/core/injection/engine/json-types';
import { workloadKind } from '@/lib/core/injection/engine/workload-kinds';
import { podOfWorkload } from '@/lib/core/injection/pod-of-workload';
import { POD_TEMPLATE_HASH_LABEL } from '@/lib/core/kube/names';
import { recoverWrittenPod } from '@/lib/core/pod/recover-written-pod';
import type { Result } from '@/lib/core/result';

/**
 * The pod that would be sent to the API server if an object made one now: of its template, or the pod itself as it was
 * sent when it was created.
 *
 * Input: the object as the API server has it. Fails where it is of no kind that makes pods.
 */
export function podToCome(object: JsonValue): Result<JsonObject> {
  const name = textAt(object, 'kind');
  const kind = workloadKind(name);
  if (kind === undefined) return { ok: false, message: `${name} is not of a kind that makes pods.` };
  const decoded = decodeKube(kind.struct, object);
  if (!decoded.ok) return { ok: false, message: decoded.faults[0].text };
  return { ok: true, value: name === 'Pod' ? asSent(decoded.value) : podOfWorkload(kind, decoded.value) };
}

// The injector tells a pod's workload by its owner and its template's hash, so they stay.
function asSent(pod: JsonObject): JsonObject {
  const metadata = objectAt(pod, 'metadata');
  const name = textAt(metadata, 'name');
  const live = { metadata: { ...metadata, name, labels: textsOf(metadata.labels) }, spec: objectAt(pod, 'spec') };
  const { template } = recoverWrittenPod(live);
  const hash = textsOf(metadata.labels)[POD_TEMPLATE_HASH_LABEL];
  const { annotations, labels } = template.metadata ?? {};
  const generateName = textAt(metadata, 'generateName');
  const sent = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...(generateName === '' ? { name } : { generateName }),
      namespace: textAt(metadata, 'namespace'),
      labels: { ...labels, ...(hash === undefined ? {} : { [POD_TEMPLATE_HASH_LABEL]: hash }) },
      annotations: annotations ?? {},
      ownerReferences: metadata.ownerReferences ?? [],
    },
    spec: template.spec ?? {},
  };
  const plain: JsonObject = JSON.parse(JSON.stringify(sent));
  return plain;
}
