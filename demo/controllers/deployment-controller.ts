import { stringAt } from '@/demo/server/json-access';
import type { Controller, ControllerContext } from './controller';
import { replicaSetsOf } from './deployment-replica-sets';
import { ensureCurrent, recreate, rollOn, scaleWithDeployment, trimHistory } from './deployment-rollout';
import { buildDeploymentStatus, progressDeadline } from './deployment-status';
import { keyOf, ownOrOwnerKeys, refOf } from './object-keys';
import type { WorkQueue } from './work-queue';

const RESOURCE = 'deployments.apps';

/** Turns a Deployment into ReplicaSets and moves its pods from old templates to the present one. */
export function createDeploymentController(context: ControllerContext): Controller {
  const { store } = context;

  const act = (key: string) => {
    const deployment = store.get(RESOURCE, refOf(key));
    if (deployment === undefined || deployment.metadata.deletionTimestamp !== undefined) return;
    const sets = replicaSetsOf(store, deployment);
    const isPaused = deployment.spec?.paused === true;
    if (scaleWithDeployment(context, deployment, sets) || isPaused) return;
    if (stringAt(deployment, 'spec', 'strategy', 'type') === 'Recreate') return recreate(context, deployment, sets);
    rollOn(context, deployment, ensureCurrent(context, deployment, sets));
  };

  const report = (key: string, queue: WorkQueue) => {
    const deployment = store.get(RESOURCE, refOf(key));
    if (deployment === undefined || deployment.metadata.deletionTimestamp !== undefined) return;
    const sets = replicaSetsOf(store, deployment);
    const status = buildDeploymentStatus(deployment, sets, context.now());
    const updated = store.updateStatus(RESOURCE, { ...deployment, status }, { manager: 'kube-controller-manager' });
    const deadline = progressDeadline(updated);
    if (deadline !== undefined) queue.addAfter(key, deadline - context.now());
    else trimHistory(context, deployment, sets);
  };

  return {
    name: 'deployment-controller',
    initialKeys: () => store.list(RESOURCE).map((object) => keyOf(object.metadata)),
    // A ReplicaSet change means new counts; Recreate also waits for the last old pod, whose going changes its set.
    keysOf: (event) => ownOrOwnerKeys(event, 'Deployment', ['ReplicaSet']),
    reconcile: (key, queue) => {
      act(key);
      report(key, queue);
    },
  };
}
