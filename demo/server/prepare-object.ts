import { TEMPLATE_GENERATION } from './default-object';
import { jsonEqual, recordAt } from './json-access';
import { type KindRow, resourceId } from './kind-row';
import type { KubeObject, NewObject } from './object-types';

/** What the server itself writes into a new object, after the webhooks. Source: PrepareForCreate of each registry. */
export function prepareForCreate(row: KindRow, object: NewObject): void {
  const resource = resourceId(row);
  if (resource === 'jobs.batch') selectJobPods(object);
  if (resource === 'namespaces') {
    object.spec = { ...object.spec, finalizers: ['kubernetes'] };
    object.status = { ...object.status, phase: 'Active' };
  }
}

/** A job selects its pods by its own uid, unless its author wants to do that himself. */
function selectJobPods(job: NewObject): void {
  const spec = recordAt(job, 'spec');
  const { uid, name = '' } = job.metadata;
  if (spec.manualSelector === true || uid === undefined || spec.selector !== undefined) return;
  const selected = { 'batch.kubernetes.io/controller-uid': uid };
  const labels = { ...selected, 'batch.kubernetes.io/job-name': name, 'controller-uid': uid, 'job-name': name };
  spec.selector = { matchLabels: selected };
  const template = recordAt(spec, 'template');
  const templateLabels = { ...recordAt(template, 'metadata', 'labels'), ...labels };
  spec.template = { ...template, metadata: { ...recordAt(template, 'metadata'), labels: templateLabels } };
  job.spec = spec;
  // The job itself carries its template's labels, unless it has its own.
  const own = job.metadata.labels ?? {};
  const isShared = Object.keys(own).every((key) => key in templateLabels);
  if (isShared) job.metadata.labels = { ...own, ...labels };
}

/** What a writer need not send back: what the server assigned to a Service or a Namespace. */
export function prepareForUpdate(row: KindRow, object: NewObject, current: KubeObject): void {
  const resource = resourceId(row);
  if (resource === 'services' && object.spec !== undefined && current.spec !== undefined) {
    object.spec.clusterIP ??= current.spec.clusterIP;
    object.spec.clusterIPs ??= current.spec.clusterIPs;
    object.spec.ipFamilies ??= current.spec.ipFamilies;
    object.spec.ipFamilyPolicy ??= current.spec.ipFamilyPolicy;
    const { clusterIP } = object.spec;
    if (clusterIP !== current.spec.clusterIP && jsonEqual(object.spec.clusterIPs, current.spec.clusterIPs)) {
      object.spec.clusterIPs = [clusterIP];
    }
  }
  if (resource === 'daemonsets.apps') countTemplate(object, current);
  if (resource === 'namespaces') object.spec = structuredClone(current.spec ?? {});
}

function countTemplate(object: NewObject, current: KubeObject): void {
  const known = current.metadata.annotations?.[TEMPLATE_GENERATION] ?? '1';
  const isSame = jsonEqual(object.spec?.template, current.spec?.template);
  const count = isSame ? known : String(Number(known) + 1);
  object.metadata.annotations = { ...object.metadata.annotations, [TEMPLATE_GENERATION]: count };
}
