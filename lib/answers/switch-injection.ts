import 'server-only';
import type { InjectionRequest, InjectionResult } from '@/lib/api/injection';
import type { ClusterSession } from '@/lib/cluster/session';
import { writeInjectionLabel } from '@/lib/cluster/write-injection-label';
import { changeNamespaceLabels, findUndo, labelsToWrite } from '@/lib/core/injection/change-namespace-labels';
import type { StringMap } from '@/lib/core/kube/object-types';
import { toAction } from './build-injection-plan';
import { requireNamespace } from './require-namespace';

export interface SwitchOutcome {
  readonly before: StringMap;
  readonly after: StringMap;
  readonly result: InjectionResult;
}

/** Switches a namespace's injection. The labels come from core, never from the request. */
export async function switchInjection(
  session: ClusterSession,
  namespace: string,
  request: InjectionRequest,
): Promise<SwitchOutcome> {
  requireNamespace(session, namespace);
  const action = toAction(request);
  const isDryRun = request.dryRun ?? false;
  const { before, after } = await writeInjectionLabel(session, {
    namespace,
    labels: labelsToWrite(action),
    resourceVersion: request.resourceVersion,
    isDryRun,
  });
  // Of what the write met: the snapshot may not have seen the last one yet.
  const plan = changeNamespaceLabels(namespace, before.labels, action);
  const undo = findUndo(before.labels);
  return {
    before: plan.before,
    after: plan.after,
    result: {
      namespace,
      before: { ...plan.before },
      after: { ...plan.after },
      resourceVersion: after.resourceVersion,
      kubectl: plan.kubectl,
      dryRun: isDryRun,
      ...(undo === undefined ? {} : { undo }),
    },
  };
}
