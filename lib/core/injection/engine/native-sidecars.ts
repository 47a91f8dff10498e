import type { Release } from './release';

/** What decides whether a cluster's sidecars are restartable init containers. */
export interface NativeSidecarInputs {
  /** istiod's environment variable ENABLE_NATIVE_SIDECARS. */
  readonly setting?: string;
  /** Kubelet versions of the nodes; undefined where nobody can read the nodes. */
  readonly kubeletVersions?: readonly string[];
  /** The kubelet version of the node that the pod names. */
  readonly ownNodeVersion?: string;
}

const NATIVE_SIDECAR_ANNOTATION = 'sidecar.istio.io/nativeSidecar';
const MIN_KUBELET_MINOR = 33;
const AUTO_SINCE_MINOR = 27;

/**
 * Decides for a cluster whether sidecars are native; a pod's annotation may still turn it.
 *
 * Source: Istio, pkg/kube/inject, DetectNativeSidecar.
 */
export function decideNativeSidecars(inputs: NativeSidecarInputs, release: Release): boolean {
  if (release.minor < AUTO_SINCE_MINOR) return ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(inputs.setting ?? '');
  const setting = inputs.setting ?? 'auto';
  if (setting !== 'auto') return setting === 'true';
  if (inputs.ownNodeVersion !== undefined) return isNewEnough(inputs.ownNodeVersion);
  return inputs.kubeletVersions?.every(isNewEnough) === true;
}

/** The cluster's decision, turned by the pod's annotation where that is exactly `true` or `false`. */
export function isNativeFor(annotations: Readonly<Record<string, string>>, ofCluster: boolean): boolean {
  const word = annotations[NATIVE_SIDECAR_ANNOTATION];
  return word === 'true' ? true : word === 'false' ? false : ofCluster;
}

function isNewEnough(version: string): boolean {
  const minor = /^v?\d+\.(\d+)/.exec(version)?.[1];
  return minor !== undefined && Number(minor) >= MIN_KUBELET_MINOR;
}
