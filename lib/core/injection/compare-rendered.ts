import { buildPodCapture } from '@/lib/core/capture/build-pod-capture';
import { judgeInbound } from '@/lib/core/capture/judge-inbound';
import { POD_TEMPLATE_HASH_LABEL } from '@/lib/core/kube/names';
import type { Pod } from '@/lib/core/kube/pod-types';
import { comparePodWithOwner, type PodComparison } from '@/lib/core/pod/compare-pod-with-owner';
import { type JsonObject, objectAt, textAt, textsOf } from './engine/json-types';
import { STAND_IN_HASH } from './pod-of-workload';

/** A pod as written and as it was rendered. */
export interface RenderedPod {
  readonly kind: string;
  readonly name: string;
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/** Compares a rendered pod with the pod as its author wrote it. */
export function toComparison({ kind, name, before, after }: RenderedPod): PodComparison {
  const written = dropStandIns(before, name);
  const runs = dropStandIns(after, name);
  const judge = judgeInbound(buildPodCapture(runs));
  const { metadata, spec } = written;
  return comparePodWithOwner(runs, { kind, name, template: { metadata, ...(spec && { spec }) } }, judge);
}

/** A pod of a template has no name of its own yet, and the hash that stands for its ReplicaSet's is none. */
export function dropStandIns(pod: JsonObject, name: string): Pod {
  const metadata = objectAt(pod, 'metadata');
  const { [POD_TEMPLATE_HASH_LABEL]: hash, ...others } = textsOf(metadata.labels);
  const labels = hash === undefined || hash === STAND_IN_HASH ? others : textsOf(metadata.labels);
  const own = textAt(metadata, 'name');
  return { metadata: { ...metadata, name: own === '' ? name : own, labels }, spec: objectAt(pod, 'spec') };
}
