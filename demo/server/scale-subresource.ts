import { badRequest, notFound } from './api-error';
import { type Answer, parseBody, readBody } from './http-exchange';
import { isRecord, numberAt, recordAt, stringMapAt } from './json-access';
import type { KindRow, ScalePaths } from './kind-row';
import type { JsonObject, KubeObject } from './object-types';
import { patchObject, patchTypeOf } from './patch-object';
import { type ResourceContext, resourceOf, writeOptionsOf } from './resource-context';
import { requireObject } from './write-objects';

function scaleOf(object: KubeObject, paths: ScalePaths): KubeObject {
  const labels = Object.entries(stringMapAt(object, ...paths.selector)).sort();
  const selector = labels.map(([key, value]) => `${key}=${value}`).join(',');
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), uid, resourceVersion, creationTimestamp },
    spec: { replicas: numberAt(object, ...paths.replicas) ?? 0 },
    status: { replicas: numberAt(object, ...paths.statusReplicas) ?? 0, ...(selector === '' ? {} : { selector }) },
  };
}

/** GET, PUT and PATCH of `scale`: an autoscaling/v1 Scale in front of the object's replica count. */
export async function handleScale(context: ResourceContext): Promise<Answer> {
  const { row, request, incoming } = context;
  if (row.scale === undefined) throw notFound({ group: row.group, plural: row.plural, name: request.name ?? '' });
  const current = requireObject(context);
  const scale = scaleOf(current, row.scale);
  if (request.verb === 'get') return { status: 200, body: { ...scale } };
  const text = await readBody(incoming);
  const contentType = incoming.headers['content-type'] ?? '';
  const wanted = request.verb === 'patch' ? patchScale(row, scale, contentType, text) : parseBody(text, contentType);
  const replicas = numberAt(wanted, 'spec', 'replicas') ?? 0;
  if (!Number.isInteger(replicas) || replicas < 0) {
    throw badRequest(`spec.replicas: Invalid value: ${replicas}: must be greater than or equal to 0`);
  }
  const version = recordAt(wanted, 'metadata').resourceVersion;
  const draft: KubeObject = structuredClone(current);
  draft.metadata.resourceVersion = typeof version === 'string' ? version : current.metadata.resourceVersion;
  draft.spec = { ...draft.spec, replicas };
  const options = { ...writeOptionsOf(context), subresource: 'scale' } as const;
  const next = context.store.update(resourceOf(context), draft, options);
  return { status: 200, body: { ...scaleOf(next, row.scale) } };
}

function patchScale(row: KindRow, scale: KubeObject, contentType: string, text: Buffer): JsonObject {
  const type = patchTypeOf(row, contentType);
  const patch = parseBody(text, 'application/json');
  if (type === 'apply') return isRecord(patch) ? patch : {};
  return patchObject(row, scale, type, patch);
}
