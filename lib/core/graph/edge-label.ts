import type { MeshEdge } from './graph-types';

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];

const shorten = (values: readonly string[], shown: number): string =>
  values.length <= shown ? values.join(', ') : `${values.slice(0, shown).join(', ')} +${values.length - shown}`;

const ofRoutes = ({ routes, kind }: MeshEdge): readonly string[] => {
  // From a service to its own pods the host is the service.
  const hosts = kind === 'selects' ? [] : unique(routes.flatMap((route) => route.hosts)).filter((host) => host !== '*');
  const paths = unique(routes.flatMap((route) => route.paths));
  const subsets = unique(routes.flatMap((route) => (route.subset === undefined ? [] : [route.subset])));
  const weights = unique(routes.flatMap((route) => (route.weight === undefined ? [] : [`${route.weight}%`])));
  return [shorten(hosts, 1), shorten(paths, 1), shorten(subsets, 2), shorten(weights, 2)].filter((part) => part !== '');
};

/** An edge in a few words that need no language: hosts, paths, subset, share. Empty where a bare selector made it. */
export const toEdgeLabel = (edge: MeshEdge): string => (edge.count > 1 ? `×${edge.count}` : ofRoutes(edge).join(' · '));
