import { YAMLException } from 'js-yaml';
import { ApiError, badRequest } from './api-error';
import { applyProblem } from './apply-problem';
import { decodeTyped, loadYaml } from './decode-object';
import { type Answer, readBody } from './http-exchange';
import { isRecord } from './json-access';
import { apiVersionOf } from './kind-row';
import type { JsonObject, KubeObject, NewObject } from './object-types';
import { parseObject } from './parse-object';
import { parsePatch, patchTypeOf } from './patch-object';
import { type RequestOptions, readRequestOptions } from './request-options';
import { type ResourceContext, refOf, resourceOf } from './resource-context';
import { applyConfiguration } from './server-side-apply';
import { answerWith, checkAddress, reportProblems, requireObject } from './write-objects';

const MOST_RETRIES = 5;

/** PATCH: as the real server, it tries again when the object changed meanwhile, unless the patch names a version. */
export async function patchObjectRequest(context: ResourceContext): Promise<Answer> {
  const { incoming, row } = context;
  const type = patchTypeOf(row, incoming.headers['content-type'] ?? '');
  const options = readRequestOptions(context, 'PatchOptions', type === 'apply');
  const text = (await readBody(incoming)).toString('utf8');
  if (type === 'apply') return applyRequest(context, options, text);
  const patch = parsePatch(type, text);
  let reported: readonly string[] = [];
  for (let attempt = 0; ; attempt += 1) {
    const current = requireObject(context);
    const { object: patched, problems, refuse } = patch.apply(row, current);
    if (reported.length === 0) reportProblems(context, options.fieldValidation, problems, refuse);
    reported = problems;
    const object = checkPatched(context, current, patched);
    try {
      return answerWith(context, await storePatched(context, options, object));
    } catch (error) {
      const isStale = error instanceof ApiError && error.reason === 'Conflict' && attempt < MOST_RETRIES;
      const isPinned = object.metadata.resourceVersion !== current.metadata.resourceVersion;
      if (!isStale || isPinned) throw error;
    }
  }
}

function checkPatched(context: ResourceContext, current: KubeObject, patched: NewObject): NewObject {
  const object = checkAddress(context, patched);
  const { apiVersion, kind } = current;
  return { ...object, apiVersion, kind };
}

function storePatched(context: ResourceContext, { write }: RequestOptions, object: NewObject): Promise<KubeObject> {
  const subresource = context.request.subresource === 'status' ? ({ subresource: 'status' } as const) : {};
  return context.admission.updateWithAdmission(resourceOf(context), object, { ...write, ...subresource });
}

async function applyRequest(context: ResourceContext, options: RequestOptions, text: string): Promise<Answer> {
  const { row, request, store, admission } = context;
  const sent = parseConfiguration(context, text);
  const owners = isRecord(sent.metadata) ? sent.metadata.managedFields : undefined;
  if (Array.isArray(owners) && owners.length > 0) {
    throw badRequest('metadata.managedFields must be nil');
  }
  const problem = applyProblem(row, sent);
  if (problem !== undefined) {
    const names = isRecord(sent.metadata) ? sent.metadata : {};
    const whose = `${String(names.namespace ?? '')}/${String(names.name ?? '')}; ${groupVersion(context)}, Kind=${row.kind}`;
    throw new ApiError('', `failed to create typed patch object (${whose}): ${problem}`, undefined, 500);
  }
  const config = checkAddress(context, parseObject(structuredClone(sent)));
  const resource = resourceOf(context);
  const live = store.get(resource, refOf(context));
  const { resourceVersion, uid, ...metadata } = config.metadata;
  const subresource = request.subresource === 'status' ? ({ subresource: 'status' } as const) : {};
  const asked = { manager: options.write.manager ?? '', force: options.force, now: store.now(), ...subresource };
  const applied = applyConfiguration(row, live, { ...config, metadata }, asked);
  const { object } = decodeTyped(row, applied, badRequest);
  const write = { ...options.write, ...subresource, isTracked: true };
  if (live === undefined) {
    if (subresource.subresource !== undefined) requireObject(context);
    return answerWith(context, await admission.createWithAdmission(resource, object, write), 201);
  }
  const pins = { ...(resourceVersion === undefined ? {} : { resourceVersion }), ...(uid === undefined ? {} : { uid }) };
  const pinned = { ...object, metadata: { ...object.metadata, ...pins } };
  return answerWith(context, await admission.updateWithAdmission(resource, pinned, write));
}

const groupVersion = ({ row, request }: ResourceContext) => `${row.group}/${request.version}`;

function parseConfiguration(context: ResourceContext, text: string): JsonObject {
  const value = parseYaml(text);
  const config = isRecord(value) ? value : {};
  const wanted = apiVersionOf(context.row, context.request.version);
  if (config.kind !== context.row.kind || config.apiVersion !== wanted) {
    const apiVersion = typeof config.apiVersion === 'string' ? config.apiVersion : '';
    const shown = apiVersion.includes('/') ? apiVersion : `/${apiVersion}`;
    throw badRequest(`invalid object type: ${shown}, Kind=${String(config.kind ?? '')}`);
  }
  return config;
}

function parseYaml(text: string): unknown {
  try {
    return loadYaml(text, true);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    // An empty document is none at all.
    if (text.trim() === '') return {};
    const why = `yaml: line ${(error.mark?.line ?? 0) + 1}: ${error.reason}`;
    throw badRequest(`error decoding YAML: error converting YAML to JSON: ${why}`);
  }
}
