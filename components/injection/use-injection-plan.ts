import { useState } from 'react';
import { useResource } from '@/components/shared/use-resource';
import { type InjectionActionName, injectionPlanAnswerSchema } from '@/lib/api/injection';
import { NAMESPACE_KINDS } from './namespace-kinds';

type Labels = Readonly<Record<string, string>>;

const toKey = (labels: Labels): string =>
  JSON.stringify(Object.entries(labels).sort(([one], [other]) => one.localeCompare(other)));

/**
 * The plan of a switch, kept current while the dialog is open.
 *
 * `shown` are the labels as the person saw them: when somebody else changes them meanwhile, `isOvertaken` asks for a
 * second look, and only `accept` makes those of the second look the ones that the write builds on. A version that a write
 * was refused for is not worth a second try: `isBehind` until the plan is of another.
 */
export function useInjectionPlan(name: string, action: InjectionActionName) {
  const [revision, setRevision] = useState<string>();
  const query = new URLSearchParams({ action, ...(revision === undefined ? {} : { revision }) });
  const path = `/api/v1/namespaces/${encodeURIComponent(name)}/injection?${query}`;
  const plan = useResource(path, injectionPlanAnswerSchema, NAMESPACE_KINDS, { namespace: name, keepPrevious: true });
  const [shown, setShown] = useState<string>();
  const current = plan.status === 'ready' ? plan.value : undefined;
  const [refused, setRefused] = useState<string>();
  if (current !== undefined && shown === undefined) setShown(toKey(current.labels.before));
  const target = current?.targets[0];
  const lacksDefault = action === 'enable' && revision === undefined && target?.revision !== undefined;
  if (lacksDefault && target.revision !== undefined) setRevision(target.revision);
  const isBehind = current !== undefined && current.resourceVersion === refused;
  const accept = (seen: Labels, refusedVersion?: string) => {
    setShown(toKey(seen));
    setRefused(refusedVersion);
    if (plan.status === 'ready') void plan.refresh();
  };
  return {
    plan,
    revision,
    setRevision,
    isBehind,
    isOvertaken: current !== undefined && shown !== undefined && !isBehind && toKey(current.labels.before) !== shown,
    accept,
  };
}
