import { recordAt } from './json-access';
import { type KindRow, resourceId } from './kind-row';
import type { KubeObject, NewObject } from './object-types';

/** What the server itself writes into a new object, after the webhooks. Source: PrepareForCreate of each registry. */
export function prepareForCreate(row: KindRow, object: NewObject): void {
  const resource = resourceId(row);
  if (resource === 'jobs.batch') selectJobPods(object);
  if (resource === 'namespaces') nameNamespace(object, object.metadata.name ?? '');
  if (resource === 'daemonsets.apps') {
    object.metadata.annotations = { ...object.metadata.annotations, [TEMPLATE_GENERATION]: '1' };
  }
}

const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

function nameNamespace(object: NewObject, name: string): void {
  object.metadata.labels = { ...object.metadata.labels, 'kubernetes.io/metadata.name': name };
}

/** A job selects its pods by its own uid, unless its author wants to do that himself. */
function selectJobPods(job: NewObject): void {
  const spec = recordAt(job, 'spec');
  const { uid, name = '' } = job.metadata;
  if (spec.manualSelector === true || uid === undefined || spec.selector !== undefined) return;
  const own = { 'batch.kubernetes.io/controller-uid': uid };
  const labels = { ...own, 'batch.kubernetes.io/job-name': name, 'controller-uid': uid, 'job-name': name };
  spec.selector = { matchLabels: own };
  const template = recordAt(spec, 'template');
  const templateLabels = { ...recordAt(template, 'metadata', 'labels'), ...labels };
  spec.template = { ...template, metadata: { ...recordAt(template, 'metadata'), labels: templateLabels } };
  job.spec = spec;
}

/** What a writer need not send back: what the server assigned to a Service or a Namespace. */
export function prepareForUpdate(row: KindRow, object: NewObject, current: KubeObject): void {
  const resource = resourceId(row);
  if (resource === 'services' && object.spec !== undefined && current.spec !== undefined) {
    object.spec.clusterIP ??= current.spec.clusterIP;
    object.spec.clusterIPs ??= current.spec.clusterIPs;
  }
  if (resource !== 'namespaces') return;
  object.spec = structuredClone(current.spec ?? {});
  nameNamespace(object, current.metadata.name);
}
