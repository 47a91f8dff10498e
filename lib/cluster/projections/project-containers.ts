import 'server-only';
import { type Json, numberAt, objectsAt, textAt } from '@/lib/cluster/json-fields';
import type { ContainerRecord } from '@/lib/core/kube/records';
import type { Interner } from './interner';

/** The containers under `key` of a pod spec, in written order. */
export function projectContainers(spec: Json, key: string, interner: Interner): readonly ContainerRecord[] {
  return interner.containers(
    objectsAt(spec, key).map((container) => {
      const restartPolicy = textAt(container, 'restartPolicy');
      const ports = objectsAt(container, 'ports').map((port) => numberAt(port, 'containerPort'));
      return {
        name: textAt(container, 'name'),
        image: textAt(container, 'image'),
        ports: ports.filter((port) => port !== undefined),
        ...(restartPolicy === '' ? {} : { restartPolicy }),
      };
    }),
  );
}
