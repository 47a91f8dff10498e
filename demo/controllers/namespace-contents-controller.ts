import type { NewObject } from '@/demo/server/object-types';
import type { Controller, ControllerContext } from './controller';

/** Objects that a cluster keeps in every namespace. */
export interface NamespaceContents {
  readonly resource: string;
  readonly object: NewObject;
  /** Namespaces that do without. */
  readonly except?: ReadonlySet<string>;
  /** Whose fields they are; the controller manager's when nobody is named. */
  readonly manager?: string;
}

/** What Kubernetes itself puts into a namespace: a service account and the API server's root certificate. */
export function kubernetesContents(apiServerCa: string): NamespaceContents[] {
  const description =
    'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';
  return [
    {
      resource: 'serviceaccounts',
      object: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } },
    },
    {
      resource: 'configmaps',
      object: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'kube-root-ca.crt', annotations: { 'kubernetes.io/description': description } },
        data: { 'ca.crt': apiServerCa },
      },
    },
  ];
}

/** Puts the given objects into every namespace and brings them back when they are deleted. */
export function createNamespaceContentsController(
  context: ControllerContext,
  contents: readonly NamespaceContents[],
): Controller {
  const { store } = context;
  const isKept = (kind: string, name: string) =>
    contents.some(({ object }) => object.kind === kind && object.metadata.name === name);
  return {
    name: 'namespace-contents-controller',
    initialKeys: () => store.list('namespaces').map((namespace) => namespace.metadata.name),
    keysOf: ({ type, row, object }) => {
      if (row.kind === 'Namespace') return type === 'ADDED' ? [object.metadata.name] : [];
      return type === 'DELETED' && isKept(row.kind, object.metadata.name) ? [object.metadata.namespace ?? ''] : [];
    },
    reconcile: (name) => {
      const namespace = store.get('namespaces', { name });
      if (namespace === undefined || namespace.metadata.deletionTimestamp !== undefined) return;
      for (const { resource, object, except, manager = 'kube-controller-manager' } of contents) {
        if (except?.has(name) === true) continue;
        const metadata = { ...object.metadata, namespace: name };
        if (store.get(resource, { name: metadata.name ?? '', namespace: name }) !== undefined) continue;
        store.create(resource, { ...object, metadata }, { manager });
      }
    },
  };
}
