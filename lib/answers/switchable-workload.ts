import 'server-only';
import { ClusterError } from '@/lib/cluster/cluster-error';
import type { SwitchableWorkload } from '@/lib/cluster/write-workload-switch';
import type { WorkloadVerdict } from '@/lib/core/injection/classify-workload';
import { isTemplateKind } from '@/lib/core/injection/workload-switch/template-kinds';
import type { WorkloadRecord } from '@/lib/core/kube/records';

/** A workload as an address names it. */
export interface NamedWorkload {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Throws ClusterError `unsupported` for a kind whose pod template cannot be changed. */
export function requireTemplate({ kind, namespace, name }: NamedWorkload): SwitchableWorkload {
  if (isTemplateKind(kind)) return { kind, namespace, name };
  const why =
    kind === 'Job'
      ? 'the template of a Job cannot be changed; create the Job anew with the label'
      : `${kind} has no pod template that could be changed; label what creates its pods`;
  throw new ClusterError('unsupported', `${kind} "${name}" cannot be switched: ${why}.`);
}

/** The workload as judged, with its own record. Throws ClusterError `not-found`. */
export function requireVerdict(workloads: readonly WorkloadVerdict[], { kind, namespace, name }: NamedWorkload) {
  const found = workloads.find(({ workload }) => workload.kind === kind && workload.name === name);
  const record = found?.workload.record;
  if (found !== undefined && record !== undefined) return withRecord(found, record);
  const message = `${kind} "${name}" is not in namespace "${namespace}", or may not be listed; look at its workloads.`;
  throw new ClusterError('not-found', message);
}

function withRecord(verdict: WorkloadVerdict, record: WorkloadRecord) {
  return { ...verdict, workload: { ...verdict.workload, record } };
}
