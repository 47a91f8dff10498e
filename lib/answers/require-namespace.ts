import 'server-only';
import { ClusterError } from '@/lib/cluster/cluster-error';
import type { ClusterSession } from '@/lib/cluster/session';
import type { NamespaceSummary } from '@/lib/core/injection/summarize-namespace';
import { modelOf } from './injection-model';

/** A namespace that is known, as judged now. Throws ClusterError `not-found`. */
export function requireNamespace(session: ClusterSession, name: string): NamespaceSummary {
  if (session.store.get('namespaces', '', name) !== undefined) return modelOf(session).namespace(name);
  const state = session.store.state('namespaces');
  const hint =
    state.status === 'missing'
      ? 'You may not list namespaces, and nothing in this one can be read.'
      : 'It was deleted, or never there; the list of namespaces has what is.';
  throw new ClusterError('not-found', `Namespace "${name}" is not in cluster "${session.contextName}". ${hint}`);
}
