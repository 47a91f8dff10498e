import type { NewObject } from '@/demo/server/object-types';

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The object with the annotation that `kubectl apply` leaves. */
export function withLastApplied(object: NewObject): NewObject {
  const { apiVersion, kind, metadata, spec, ...rest } = object;
  const { creationTimestamp: _time, ...written } = metadata;
  const applied = {
    apiVersion,
    kind,
    metadata: { annotations: {}, ...written },
    ...rest,
    ...(spec === undefined ? {} : { spec }),
  };
  const annotations = { ...metadata.annotations, [LAST_APPLIED]: `${JSON.stringify(applied)}\n` };
  return { ...object, metadata: { ...metadata, annotations } };
}
