import { resourceId } from './kind-row';
import type { KubeObject } from './object-types';
import type { Store } from './store';

/** Empties a namespace that is being deleted, and removes it once nothing is left in it. */
export function attachNamespaceLifecycle(store: Store): void {
  const terminating = new Set<string>();

  const resources = store.kinds.filter((row) => row.namespaced).map(resourceId);
  const isEmpty = (namespace: string) => resources.every((resource) => store.keys(resource, namespace).length === 0);

  const finish = (name: string) => {
    if (!terminating.has(name) || !isEmpty(name)) return;
    terminating.delete(name);
    store.modify('namespaces', { name }, (draft) => {
      draft.spec = { ...draft.spec, finalizers: [] };
    });
    if (store.get('namespaces', { name }) !== undefined) store.delete('namespaces', { name });
  };

  const empty = (namespace: KubeObject) => {
    const { name } = namespace.metadata;
    if (terminating.has(name)) return;
    terminating.add(name);
    for (const resource of resources) {
      for (const object of store.list(resource, name)) {
        if (store.get(resource, object.metadata) !== undefined) store.delete(resource, object.metadata);
      }
    }
    finish(name);
  };

  store.watch(({ row, object, type }) => {
    if (row.deletion === 'namespace' && type === 'MODIFIED' && object.metadata.deletionTimestamp !== undefined) {
      empty(object);
    }
    if (type === 'DELETED' && object.metadata.namespace !== undefined) finish(object.metadata.namespace);
  });
}
