import type { ApiError } from '@/components/shared/api-error';
import { INJECTION_LABEL, REVISION_LABEL } from '@/lib/core/kube/names';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The injection labels as they are now, from the details of a conflict. */
export function readCurrentLabels({ details }: ApiError): Readonly<Record<string, string>> {
  const current = isObject(details) && isObject(details.current) ? details.current.labels : undefined;
  if (!isObject(current)) return {};
  const labels: Record<string, string> = {};
  for (const key of [INJECTION_LABEL, REVISION_LABEL]) {
    const value = current[key];
    if (typeof value === 'string') labels[key] = value;
  }
  return labels;
}
