import { ApiError, badRequest, notFound } from './api-error';
import { type Answer, parseBody, readBody } from './http-exchange';
import { isRecord, numberAt, stringAt } from './json-access';
import { apiVersionOf } from './kind-row';
import { listObjects } from './list-objects';
import type { KubeObject, NewObject } from './object-types';
import { parseObject } from './parse-object';
import { patchObject, patchTypeOf } from './patch-object';
import type { DeleteOptions, PropagationPolicy } from './plan-delete';
import { renderList, renderObject } from './render-objects';
import { managerOf, type ResourceContext, refOf, resourceOf, writeOptionsOf } from './resource-context';
import { applyConfiguration } from './server-side-apply';

export function requireObject(context: ResourceContext): KubeObject {
  const { row, store } = context;
  const found = store.get(resourceOf(context), refOf(context));
  if (found === undefined) throw notFound({ group: row.group, plural: row.plural, name: refOf(context).name });
  return found;
}

/** The object of a request's body, checked against the address it was sent to. */
async function readObject(context: ResourceContext): Promise<NewObject> {
  const { incoming, row, request } = context;
  const body = parseBody(await readBody(incoming), incoming.headers['content-type'] ?? '');
  return checkAddress(context, parseObject(body), apiVersionOf(row, request.version));
}

function checkAddress({ row, request }: ResourceContext, object: NewObject, wanted: string): NewObject {
  if (object.kind !== '' && object.kind !== row.kind) {
    throw badRequest(
      `${object.kind} in version "${request.version}" cannot be handled as a ${row.kind}: no kind "${object.kind}" is registered for version "${wanted}"`,
    );
  }
  if (object.apiVersion !== '' && object.apiVersion !== wanted) {
    throw badRequest(
      `the API version in the data (${object.apiVersion}) does not match the expected API version (${wanted})`,
    );
  }
  const { name, namespace } = object.metadata;
  if (request.name !== undefined && name !== undefined && name !== request.name) {
    throw badRequest(`the name of the object (${name}) does not match the name on the URL (${request.name})`);
  }
  if (row.namespaced && namespace !== undefined && namespace !== request.namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  const metadata = {
    ...object.metadata,
    ...(request.name === undefined ? {} : { name: request.name }),
    ...(request.namespace === undefined ? {} : { namespace: request.namespace }),
  };
  return { ...object, metadata };
}

const answer = (context: ResourceContext, object: KubeObject, status = 200): Answer => ({
  status,
  body: renderObject(context.row, context.request.version, object, context.rendering),
  warnings: context.warnings,
});

export async function createObject(context: ResourceContext): Promise<Answer> {
  const object = await readObject(context);
  if (object.metadata.resourceVersion !== undefined) {
    throw new ApiError('InternalError', 'resourceVersion should not be set on objects to be created');
  }
  const created = await context.admission.createWithAdmission(resourceOf(context), object, writeOptionsOf(context));
  return answer(context, created, 201);
}

export async function updateObject(context: ResourceContext): Promise<Answer> {
  return answer(context, await storeUpdate(context, await readObject(context)));
}

/** PUT of the object or its status. */
async function storeUpdate(context: ResourceContext, object: NewObject): Promise<KubeObject> {
  const resource = resourceOf(context);
  const options = writeOptionsOf(context);
  if (context.request.subresource === 'status') return context.store.updateStatus(resource, object, options);
  return context.admission.updateWithAdmission(resource, object, options);
}

const MOST_RETRIES = 5;

/** PATCH: as the real server, it tries again when the object changed meanwhile, unless the patch names a version. */
export async function patchObjectRequest(context: ResourceContext): Promise<Answer> {
  const { incoming, row } = context;
  const contentType = incoming.headers['content-type'] ?? '';
  const type = patchTypeOf(row, contentType);
  const text = await readBody(incoming);
  const patch = parseBody(text, type === 'apply' ? 'application/yaml' : 'application/json');
  if (type === 'apply') return applyRequest(context, patch);
  for (let attempt = 0; ; attempt += 1) {
    const current = requireObject(context);
    const patched = parseObject(patchObject(row, current, type, patch));
    const object = checkPatched(context, current, patched);
    try {
      return answer(context, await storeUpdate(context, object));
    } catch (error) {
      const isStale = error instanceof ApiError && error.reason === 'Conflict' && attempt < MOST_RETRIES;
      const isPinned = object.metadata.resourceVersion !== current.metadata.resourceVersion;
      if (!isStale || isPinned) throw error;
    }
  }
}

function checkPatched(context: ResourceContext, current: KubeObject, patched: NewObject): NewObject {
  const object = checkAddress({ ...context }, { ...patched, apiVersion: '', kind: patched.kind }, current.apiVersion);
  return { ...object, apiVersion: current.apiVersion, metadata: { ...object.metadata, name: current.metadata.name } };
}

async function applyRequest(context: ResourceContext, body: unknown): Promise<Answer> {
  const { query, row, request, store, admission } = context;
  if ((query.get('fieldManager') ?? '') === '') {
    throw new ApiError(
      'Invalid',
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
      {
        group: 'meta.k8s.io',
        kind: 'PatchOptions',
        causes: [
          {
            reason: 'FieldValueRequired',
            message: 'Required value: is required for apply patch',
            field: 'fieldManager',
          },
        ],
      },
    );
  }
  const wanted = apiVersionOf(row, request.version);
  const config = checkAddress(context, parseObject(body), wanted);
  if (config.metadata.managedFields !== undefined) throw badRequest('metadata.managedFields must be nil');
  const resource = resourceOf(context);
  const live = store.get(resource, refOf(context));
  const now = `${new Date().toISOString().slice(0, 19)}Z`;
  const apply = { manager: managerOf(context), force: query.get('force') === 'true', now };
  const { resourceVersion, ...metadata } = config.metadata;
  const object = applyConfiguration(row, live, { ...config, metadata }, apply);
  const options = { ...writeOptionsOf(context), operation: 'Apply' } as const;
  if (live === undefined) {
    if (resourceVersion !== undefined)
      throw notFound({ group: row.group, plural: row.plural, name: request.name ?? '' });
    return answer(context, await admission.createWithAdmission(resource, object, options), 201);
  }
  const pinned =
    resourceVersion === undefined ? object : { ...object, metadata: { ...object.metadata, resourceVersion } };
  if (request.subresource === 'status') return answer(context, store.updateStatus(resource, pinned, options));
  return answer(context, await admission.updateWithAdmission(resource, pinned, options));
}

const POLICIES: readonly string[] = ['Background', 'Foreground', 'Orphan'];

function isPolicy(value: unknown): value is PropagationPolicy {
  return typeof value === 'string' && POLICIES.includes(value);
}

async function readDeleteOptions({ incoming, query }: ResourceContext): Promise<DeleteOptions> {
  const text = await readBody(incoming);
  const body = text.length === 0 ? {} : parseBody(text, incoming.headers['content-type'] ?? '');
  if (!isRecord(body)) throw badRequest('the delete options provided are not an object');
  const policy = query.get('propagationPolicy') ?? body.propagationPolicy;
  const graceText = query.get('gracePeriodSeconds');
  const grace = graceText === null ? numberAt(body, 'gracePeriodSeconds') : Number(graceText);
  const uid = stringAt(body, 'preconditions', 'uid');
  const resourceVersion = stringAt(body, 'preconditions', 'resourceVersion');
  if (policy !== undefined && policy !== null && !isPolicy(policy)) {
    throw new ApiError(
      'Invalid',
      `DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: ${JSON.stringify(policy)}: supported values: "Background", "Foreground", "Orphan"`,
    );
  }
  const dryRun = query.get('dryRun') === 'All' || (Array.isArray(body.dryRun) && body.dryRun.includes('All'));
  return {
    ...(isPolicy(policy) ? { propagationPolicy: policy } : {}),
    ...(grace === undefined ? {} : { gracePeriodSeconds: grace }),
    ...(dryRun ? { dryRun } : {}),
    preconditions: {
      ...(uid === undefined ? {} : { uid }),
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
    },
  };
}

/** DELETE of one object: the object while something still holds it, else a Status, as on the real server. */
export async function deleteObject(context: ResourceContext): Promise<Answer> {
  const { row, store } = context;
  const options = await readDeleteOptions(context);
  const current = requireObject(context);
  const last = store.delete(resourceOf(context), refOf(context), options);
  const isHeld = last.metadata.deletionTimestamp !== undefined;
  // Pods are always answered with the pod itself, whether or not it is gone already.
  if (isHeld || row.deletion === 'graceful') return answer(context, last);
  const details = {
    name: current.metadata.name,
    ...(row.group === '' ? {} : { group: row.group }),
    kind: row.plural,
    uid: current.metadata.uid,
  };
  const body = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
  return { status: 200, body, warnings: context.warnings };
}

export async function deleteCollection(context: ResourceContext): Promise<Answer> {
  const { row, request, store, query } = context;
  const options = await readDeleteOptions(context);
  const { items } = listObjects(store, row, request.namespace, query);
  for (const object of items) {
    if (store.get(resourceOf(context), object.metadata) !== undefined) {
      store.delete(resourceOf(context), object.metadata, options);
    }
  }
  const metadata = { resourceVersion: String(store.resourceVersion) };
  return { status: 200, body: renderList(row, request.version, items, metadata, context.rendering) };
}
