import { useState } from 'react';
import { useResource } from '@/components/shared/use-resource';
import { type InjectionActionName, type InjectionPlanAnswer, injectionPlanAnswerSchema } from '@/lib/api/injection';
import { NAMESPACE_KINDS } from './namespace-kinds';

const labelsOf = ({ labels }: InjectionPlanAnswer) => JSON.stringify(labels.before);

/**
 * The plan of a switch, kept current while the dialog is open.
 *
 * `shown` is the namespace as the person first saw it: when somebody else changes its labels meanwhile, `isOvertaken` asks
 * for a second look, and only `accept` makes the new state the one that the write builds on.
 */
export function useInjectionPlan(name: string, action: InjectionActionName) {
  const [revision, setRevision] = useState<string>();
  const query = new URLSearchParams({ action, ...(revision === undefined ? {} : { revision }) });
  const path = `/api/v1/namespaces/${encodeURIComponent(name)}/injection?${query}`;
  const plan = useResource(path, injectionPlanAnswerSchema, NAMESPACE_KINDS, { namespace: name, keepPrevious: true });
  const [shown, setShown] = useState<string>();
  const current = plan.status === 'ready' ? plan.value : undefined;
  if (current !== undefined && shown === undefined) setShown(labelsOf(current));
  const target = current?.targets[0];
  const lacksDefault = action === 'enable' && revision === undefined && target?.revision !== undefined;
  if (lacksDefault && target.revision !== undefined) setRevision(target.revision);
  const accept = async () => {
    if (plan.status === 'ready') await plan.refresh();
    setShown(undefined);
  };
  return {
    plan,
    revision,
    setRevision,
    isOvertaken: current !== undefined && shown !== undefined && labelsOf(current) !== shown,
    accept,
  };
}
