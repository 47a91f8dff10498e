import { recordAt, stringMapAt } from '@/demo/server/json-access';
import type { KubeObject, NewObject } from '@/demo/server/object-types';
import { ownerReferenceTo } from './object-keys';

export interface PodNaming {
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A pod after the owner's `spec.template`, as it is sent to the API server. */
export function buildPod(owner: KubeObject, naming: PodNaming = {}): NewObject {
  const annotations = { ...stringMapAt(owner, 'spec', 'template', 'metadata', 'annotations'), ...naming.annotations };
  const labels = { ...stringMapAt(owner, 'spec', 'template', 'metadata', 'labels'), ...naming.labels };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...(naming.name === undefined ? {} : { name: naming.name }),
      generateName: `${owner.metadata.name}-`,
      namespace: owner.metadata.namespace ?? 'default',
      ...(Object.keys(labels).length > 0 ? { labels } : {}),
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
      ownerReferences: [ownerReferenceTo(owner)],
    },
    spec: recordAt(owner, 'spec', 'template', 'spec'),
  };
}
