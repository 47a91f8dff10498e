import { INIT_CONTAINER, PROXY_CONTAINER, VALIDATION_CONTAINER } from '@/lib/core/kube/names';
import type { Pod } from '@/lib/core/kube/pod-types';

/** The newest generator that Sidelight knows; it stands for every later release. */
export const NEWEST_MINOR = 31;
/** From this release on the generator has not changed. */
export const CURRENT_SINCE = 25;

/** The release whose program makes the pod's rules, from the tag of its image; the newest where the tag is none of Istio's. */
export function readCaptureMinor(pod: Pod): number {
  const all = [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])];
  const installs = all.find(({ name }) => name === INIT_CONTAINER || name === VALIDATION_CONTAINER);
  const image = (installs ?? all.find(({ name }) => name === PROXY_CONTAINER))?.image ?? '';
  const minor = /:v?1\.(\d{1,2})(?:[.-]|$)/.exec(image)?.[1];
  return minor === undefined ? NEWEST_MINOR : Number(minor);
}
