import 'server-only';
import { type Json, numberAt, objectAt, objectsAt, textAt } from '@/lib/cluster/json-fields';
import type { EndpointSliceRecord, ServiceRecord } from '@/lib/core/kube/records';
import type { Interner } from './interner';
import { projectMetadata } from './project-metadata';

const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';

export function projectService(object: Json, interner: Interner): ServiceRecord {
  const spec = objectAt(object, 'spec');
  return {
    type: interner.text(textAt(spec, 'type') || 'ClusterIP'),
    clusterIP: textAt(spec, 'clusterIP'),
    selector: interner.map(spec.selector),
    ports: objectsAt(spec, 'ports').map((port) => ({
      name: interner.text(textAt(port, 'name')),
      port: numberAt(port, 'port') ?? 0,
      targetPort: interner.text(toTargetPort(port)),
      protocol: interner.text(textAt(port, 'protocol') || 'TCP'),
    })),
    ...projectMetadata(object, 'Service', interner),
  };
}

// A port without a target goes to the same number.
function toTargetPort(port: Json): string {
  const target = port.targetPort ?? port.port;
  return typeof target === 'string' || typeof target === 'number' ? String(target) : '';
}

/** An endpoint counts as ready unless it says otherwise, as the API defines the condition. */
export function projectEndpointSlice(object: Json, interner: Interner): EndpointSliceRecord {
  const endpoints = objectsAt(object, 'endpoints');
  const record = projectMetadata(object, 'EndpointSlice', interner);
  return {
    serviceName: record.labels[SERVICE_NAME_LABEL] ?? '',
    readyEndpoints: endpoints.filter((endpoint) => objectAt(endpoint, 'conditions').ready !== false).length,
    totalEndpoints: endpoints.length,
    ...record,
  };
}
