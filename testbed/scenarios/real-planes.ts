import { type ControlPlane, FORMER_DEFAULT_PLANE, isClassic } from '@/demo/scenarios/control-plane';
import { ISTIO_VERSION } from '@/testbed/programs.data';

/** Who installs control planes on a real cluster; the testbed's `IstioPlanes` is one. */
export interface PlaneInstaller {
  isInstalled(revision: string): Promise<boolean>;
  /** Runs `istioctl install` for a revision, or again with other settings. */
  install(revision: string, options: PlaneOptions): Promise<void>;
  /** Runs `istioctl tag set`, and returns when the tag's webhooks carry a certificate. */
  setTag(tag: string, revision: string): Promise<void>;
}

export interface PlaneOptions {
  readonly profile: 'minimal';
  /** `--set` words. */
  readonly set: readonly string[];
}

/**
 * The release that a plane of the demo cluster has on a real one: all istiods of the testbed are one build, and only the
 * default revision's former release keeps its number, since it exists as the tag of the images that the injector writes.
 */
export function realRelease(plane: ControlPlane): string {
  const isFormer = plane.suffix === FORMER_DEFAULT_PLANE.suffix && plane.version === FORMER_DEFAULT_PLANE.version;
  return isFormer ? plane.version : ISTIO_VERSION;
}

/**
 * How istioctl installs a plane: without gateways, which are the stories' own, in its release, and with the form of
 * sidecars that its release on the demo cluster has.
 */
export function planeOptions(plane: ControlPlane): PlaneOptions {
  const set = [
    `tag=${realRelease(plane)}`,
    // Nobody measures load here; and a plane that was scaled to nothing must stay so.
    'values.pilot.autoscaleEnabled=false',
    ...(plane.replicas > 1 ? [`values.pilot.replicaCount=${plane.replicas}`] : []),
    ...(isClassic(plane) ? ['values.pilot.env.ENABLE_NATIVE_SIDECARS=false'] : []),
  ];
  return { profile: 'minimal', set };
}
