import { podHref, workloadHref } from '@/lib/api/hrefs';
import type { InjectionActionName } from '@/lib/api/injection';

/** Under which labels something is looked at: those that stand, or those after a switch. */
export interface Assumed {
  readonly action?: InjectionActionName | undefined;
  readonly revision?: string | undefined;
}

function toQuery({ action, revision }: Assumed): string {
  const query = new URLSearchParams({
    ...(action === undefined ? {} : { action }),
    ...(action !== 'enable' || revision === undefined ? {} : { revision }),
  }).toString();
  return query === '' ? '' : `?${query}`;
}

const namespacePath = (namespace: string) => `/api/v1/namespaces/${encodeURIComponent(namespace)}`;

export const previewStreamPath = (namespace: string, assumed: Assumed): string =>
  `${namespacePath(namespace)}/injection/preview${toQuery(assumed)}`;

/** A bare pod is previewed as a pod, everything else by the template of its workload. */
export function previewedPath(namespace: string, kind: string, name: string): string {
  const place = kind === 'Pod' ? ['pods', name] : ['workloads', kind, name];
  return `${namespacePath(namespace)}/${place.map(encodeURIComponent).join('/')}`;
}

export const previewPath = (namespace: string, kind: string, name: string, assumed: Assumed): string =>
  `${previewedPath(namespace, kind, name)}/preview${toQuery(assumed)}`;

/** The page that shows the same preview whole. */
export function previewHref(namespace: string, kind: string, name: string, assumed: Assumed): string {
  const query = toQuery(assumed).slice(1);
  const page =
    kind === 'Pod'
      ? `${podHref(namespace, name)}?tab=before-after`
      : `${workloadHref(namespace, kind, name)}?tab=preview`;
  return query === '' ? page : `${page}&${query}`;
}
