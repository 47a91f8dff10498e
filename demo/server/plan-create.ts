import { randomUUID } from 'node:crypto';
import { alreadyExists, badRequest, forbidden, notFound } from './api-error';
import { generateName } from './generate-name';
import { apiVersionOf, type KindRow, resourceId } from './kind-row';
import { trackCreate } from './managed-fields';
import type { KubeObject, NewObject } from './object-types';
import type { Store, StoreContext, WriteOptions } from './store';

/** The object as it will be stored, or a refusal: exists already, namespace missing or being deleted. */
export function planCreate(row: KindRow, input: NewObject, options: WriteOptions, context: StoreContext): KubeObject {
  const name = input.metadata.name ?? '';
  const base = input.metadata.generateName ?? '';
  if (name === '' && base === '') throw badRequest('name or generateName is required');
  const fullName = name === '' ? generateName(base) : name;
  const namespace = row.namespaced ? input.metadata.namespace : undefined;
  if (row.namespaced) requireNamespace(row, fullName, namespace, context.store);
  const { namespace: _dropped, deletionTimestamp: _none, deletionGracePeriodSeconds: _grace, ...kept } = input.metadata;
  const planned: KubeObject = {
    ...input,
    apiVersion: apiVersionOf(row, row.versions[0] ?? 'v1'),
    kind: row.kind,
    metadata: {
      ...kept,
      name: fullName,
      ...(namespace === undefined ? {} : { namespace }),
      uid: input.metadata.uid ?? randomUUID(),
      resourceVersion: '',
      ...(row.hasGeneration ? { generation: 1 } : {}),
      creationTimestamp: input.metadata.creationTimestamp ?? context.now,
    },
  };
  const present = context.store.get(resourceId(row), planned.metadata);
  if (present !== undefined) {
    const isGoing = present.metadata.deletionTimestamp !== undefined;
    throw alreadyExists({ group: row.group, plural: row.plural, name: fullName }, isGoing);
  }
  return options.isTracked === true ? planned : trackCreate(row, planned, options, context.now);
}

/** Refuses to create in a namespace that is missing or on its way out. */
export function requireNamespace(row: KindRow, name: string, namespace: string | undefined, store: Store): void {
  if (namespace === undefined || namespace === '')
    throw badRequest('an empty namespace may not be set during creation');
  if (!store.hasKind('namespaces')) return;
  const found = store.get('namespaces', { name: namespace });
  if (found === undefined) throw notFound({ group: '', plural: 'namespaces', name: namespace });
  if (found.metadata.deletionTimestamp === undefined) return;
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  throw forbidden({ group: row.group, plural: row.plural, name }, why, [
    {
      reason: 'NamespaceTerminating',
      message: `namespace ${namespace} is being terminated`,
      field: 'metadata.namespace',
    },
  ]);
}
