import 'server-only';
import type { NamespaceRecord } from '@/lib/core/kube/records';
import { ClusterError } from './cluster-error';
import { isJson } from './json-fields';
import { projectNamespace } from './projections/project-namespace';
import type { ClusterSession } from './session';

/** Reads a namespace past the snapshot: a write must build on what stands there now. */
export async function readNamespace({ transport, store }: ClusterSession, name: string): Promise<NamespaceRecord> {
  const path = `/api/v1/namespaces/${encodeURIComponent(name)}`;
  const object = await transport.requestJson({ path });
  if (isJson(object)) return projectNamespace(object, store.interner);
  throw new ClusterError('internal', `The API server answered ${path} with something that is not a namespace.`);
}
