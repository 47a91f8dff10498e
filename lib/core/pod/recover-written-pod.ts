import type { JsonObject } from '@/lib/core/injection/engine/json-types';
import { objectAt } from '@/lib/core/injection/engine/json-types';
import { compareWithOwner } from '@/lib/core/injection/uninject/compare-with-owner';
import { stripClusterParts, withoutControllerKeys } from '@/lib/core/injection/uninject/strip-cluster-parts';
import { uninjectPod } from '@/lib/core/injection/uninject/uninject-pod';
import type { VerifiedPod } from '@/lib/core/injection/uninject/uninject-with-injector';
import type { Pod } from '@/lib/core/kube/pod-types';
import type { OwnerTemplate, WrittenPod } from './written-pod';

/** What may be known beside the pod and its owner. */
export interface KnownOfPod {
  /** The pod without its injection, where the injector's configuration proved it; else it is worked out from the pod alone. */
  readonly uninjected?: VerifiedPod;
  /** Other webhooks that are called when such a pod is created. */
  readonly otherWebhooks?: readonly string[];
}

/**
 * The pod as its author wrote it: the owner's template where there is one, else the pod with everything taken off that others added.
 *
 * Input: the pod as it runs; the template of its controller, where it has one and that can be read.
 * Output: no field that injection, the API server's admission, the scheduler or the controller adds; each doubt is among the parts.
 * Never throws: an annotation that cannot be read restores nothing.
 */
export function recoverWrittenPod(pod: Pod, owner?: OwnerTemplate, known: KnownOfPod = {}): WrittenPod {
  const found = toJson({ metadata: pod.metadata, spec: pod.spec ?? {} });
  const { uninjected = { ...uninjectPod(found), verified: 'none', differences: [] }, otherWebhooks = [] } = known;
  const { isInjected, parts, verified, differences } = uninjected;
  const proof = { verified, differences };
  const bare = stripClusterParts(uninjected.pod);
  if (owner === undefined) {
    return { source: isInjected ? 'recovered' : 'own', template: toTemplate(bare), parts, proof, ownerDifferences: [] };
  }
  const { kind, name } = owner;
  const template = toJson(owner.template);
  const metadata = withoutControllerKeys(objectAt(template, 'metadata'));
  const comparison = { owner: { kind, name, template }, pod: bare, metadata: objectAt(found, 'metadata') };
  return {
    source: 'owner-template',
    owner: { kind, name },
    template: toTemplate({ metadata, spec: objectAt(template, 'spec') }),
    parts,
    proof,
    ownerDifferences: compareWithOwner({ ...comparison, parts, otherWebhooks }),
  };
}

function toTemplate(pod: JsonObject) {
  return { metadata: objectAt(pod, 'metadata'), spec: objectAt(pod, 'spec') };
}

/** As it would go over the wire, so that nothing in it is undefined. */
function toJson(value: object): JsonObject {
  const plain: JsonObject = JSON.parse(JSON.stringify(value));
  return plain;
}
