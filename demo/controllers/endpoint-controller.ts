import { jsonEqual } from '@/demo/server/json-access';
import type { KubeObject, NewObject } from '@/demo/server/object-types';
import type { StoreEvent } from '@/demo/server/store-history';
import type { Controller, ControllerContext } from './controller';
import {
  backendsOf,
  buildEndpointSlice,
  buildEndpoints,
  endpointBody,
  selects,
  withTriggerTime,
} from './endpoint-builders';
import { keyOf, refOf } from './object-keys';

const SLICES = 'endpointslices.discovery.k8s.io';

/** Keeps an EndpointSlice and an Endpoints object for every Service that has a selector. */
export function createEndpointController(context: ControllerContext): Controller {
  const { store } = context;

  const write = (resource: string, known: KubeObject | undefined, wanted: NewObject) => {
    if (known !== undefined && jsonEqual(endpointBody(known), endpointBody(wanted))) return;
    const stamped = withTriggerTime(wanted, context.now());
    if (known === undefined) return void store.create(resource, stamped);
    const { metadata } = known;
    const { labels, annotations } = stamped.metadata;
    store.update(resource, {
      ...stamped,
      metadata: { ...metadata, ...(labels && { labels }), ...(annotations && { annotations }) },
    });
  };

  const keysOf = ({ row, key, object, previous }: StoreEvent) => {
    if (row.kind === 'Service') return [key];
    if (row.kind !== 'Pod') return [];
    const pods = previous === undefined ? [object] : [object, previous];
    return store
      .list('services', object.metadata.namespace)
      .filter((service) => pods.some((pod) => selects(service, pod)))
      .map((service) => keyOf(service.metadata));
  };

  return {
    name: 'endpoint-controller',
    initialKeys: () => store.list('services').map((service) => keyOf(service.metadata)),
    keysOf,
    reconcile: (key) => {
      const service = store.get('services', refOf(key));
      if (service === undefined) {
        if (store.get('endpoints', refOf(key)) !== undefined) store.delete('endpoints', refOf(key));
        return;
      }
      if (service.spec?.selector === undefined || service.spec.type === 'ExternalName') return;
      const namespace = store.get('namespaces', { name: service.metadata.namespace ?? '' });
      if (namespace === undefined || namespace.metadata.deletionTimestamp !== undefined) return;
      const backends = backendsOf(store, service);
      const slice = store.dependents(service.metadata.uid).find((object) => object.kind === 'EndpointSlice');
      write(SLICES, slice, buildEndpointSlice(service, backends));
      write('endpoints', store.get('endpoints', service.metadata), buildEndpoints(service, backends));
    },
  };
}
