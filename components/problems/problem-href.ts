import { namespaceHref, workloadHref } from '@/lib/api/hrefs';
import type { ProblemRow } from '@/lib/api/problems';

/** The page of an object that a problem names. */
export function problemHref({ kind, namespace, name }: Pick<ProblemRow, 'kind' | 'namespace' | 'name'>): string {
  if (kind === 'Namespace') return namespaceHref(name);
  if (kind === 'ControlPlane') return '/control-planes';
  return workloadHref(namespace, kind, name);
}
