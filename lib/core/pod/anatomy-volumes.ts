import type { PodSpec } from '@/lib/core/kube/pod-types';
import type { AnatomyVolume } from './anatomy-types';
import type { PodChange } from './change-types';
import { placeContainers } from './pod-containers';

/** The drawers of a pod: each volume with who mounts it where. */
export function listAnatomyVolumes(spec: PodSpec | undefined, changes: readonly PodChange[]): readonly AnatomyVolume[] {
  const containers = placeContainers(spec).map(({ container }) => container);
  return (spec?.volumes ?? []).map(({ name, ...source }) => {
    const change = changes.find(({ id }) => id === `volumes/pod/${name}`);
    return {
      name,
      source: Object.keys(source)[0] ?? '',
      mark: change?.kind ?? 'same',
      isFromApiServer: change?.origin === 'api-server',
      mountedBy: containers.flatMap((container) =>
        (container.volumeMounts ?? [])
          .filter((mount) => mount.name === name)
          .map(({ mountPath }) => ({ container: container.name, path: mountPath })),
      ),
      changes: change === undefined ? [] : [change.id],
    };
  });
}
