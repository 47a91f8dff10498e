import type { KubeObject, NewObject, ObjectRef } from '@/demo/server/object-types';
import type { Age } from './cluster-clock';
import type { ControlPlane } from './control-plane';

/** Who writes an object, as its managedFields show. */
export type Manager =
  | 'kubectl-edit'
  | 'kubectl-rollout'
  | 'kubectl-client-side-apply'
  | 'helm'
  | 'argocd-controller'
  | 'kubectl-label'
  | 'kubectl-create'
  | 'none';

/** How a control plane is installed. */
export interface PlaneInstallation {
  /** Of its webhooks; `Fail` when none is given. */
  readonly failurePolicy?: 'Fail' | 'Ignore';
}

/**
 * What a scenario tells its story with, whatever the cluster: the demo cluster, whose clock can be set back,
 * or a real one, where everything happens now and only the order of things can be told.
 */
export interface Seeder {
  /** What follows happened this long before now. A real cluster knows no other time than its own. */
  at(age: Age): void;
  /** Time goes by: what follows is younger than the labels and webhooks that there are. */
  pass(ms: number): Promise<void>;
  /** Tells what does not depend on each other; all at once where that is faster. */
  together(stories: readonly (() => Promise<void>)[]): Promise<void>;
  has(resource: string, ref: ObjectRef): Promise<boolean>;
  create(object: NewObject, manager?: Manager): Promise<void>;
  /** Creates a workload or Service and all that follows from it. */
  run(object: NewObject, manager?: Manager): Promise<void>;
  /** Sets or (`null`) removes labels, once what was created before stands. */
  label(resource: string, ref: ObjectRef, labels: Readonly<Record<string, string | null>>): Promise<void>;
  /** Changes a workload and lets what follows happen. */
  change(resource: string, ref: ObjectRef, change: (draft: KubeObject) => void, manager?: Manager): Promise<void>;
  /** Restarts a workload's pods as `kubectl rollout restart` does. */
  restart(resource: string, ref: ObjectRef): Promise<void>;
  /** A CronJob's time has come. */
  tick(cronJob: ObjectRef): Promise<void>;
  /** Installs a control plane, unless its revision is there in whatever release. */
  installPlane(plane: ControlPlane, installation?: PlaneInstallation): Promise<void>;
  /** Moves a control plane to another release, unless it is there. Pods keep the sidecars they have until they are restarted. */
  upgradePlane(plane: ControlPlane): Promise<void>;
  /** Points a revision tag at a control plane, as `istioctl tag set` does; the tag `default` also silences the default revision's own webhooks. */
  tagPlane(tag: string, plane: ControlPlane): Promise<void>;
  /** Tells of a time at which a revision ran this release; afterwards it runs the one that it ran before. */
  whilePlaneRuns(former: ControlPlane, story: () => Promise<void>): Promise<void>;
  /** Settles what depends on many objects; the end of a scenario. */
  settle(): Promise<void>;
}

/** One story of a scenario. */
export type Story = (seeder: Seeder) => Promise<void>;
