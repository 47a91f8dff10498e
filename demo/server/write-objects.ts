import { ApiError, badRequest, notFound } from './api-error';
import { decodeObject } from './decode-object';
import { type Answer, readBody } from './http-exchange';
import { recordAt } from './json-access';
import type { JsonObject, KubeObject, NewObject } from './object-types';
import { renderObject } from './render-objects';
import { type FieldValidation, readRequestOptions } from './request-options';
import { type ResourceContext, refOf, resourceOf } from './resource-context';

export function requireObject(context: ResourceContext): KubeObject {
  const { row, store } = context;
  const found = store.get(resourceOf(context), refOf(context));
  if (found === undefined) throw notFound({ group: row.group, plural: row.plural, name: refOf(context).name });
  return found;
}

export function answerWith(context: ResourceContext, object: KubeObject, status = 200): Answer {
  return {
    status,
    body: withoutEmptyVersion(renderObject(context.row, context.request.version, object, context.rendering)),
    warnings: context.warnings,
  };
}

// What a dry run made has no version yet.
function withoutEmptyVersion(body: JsonObject): JsonObject {
  const { resourceVersion, ...metadata } = recordAt(body, 'metadata');
  return resourceVersion === '' ? { ...body, metadata } : body;
}

/** Warns of fields that the kind does not have, or refuses the request, as its `fieldValidation` says. */
export function reportProblems(
  context: ResourceContext,
  validation: FieldValidation,
  problems: readonly string[],
  refuse: (why: string) => Error,
): void {
  if (validation === 'Ignore' || problems.length === 0) return;
  if (validation === 'Strict') throw refuse(`strict decoding error: ${problems.map(inStrictError).join(', ')}`);
  context.warnings.push(...problems);
}

// YAML's own complaint is a whole sentence of its library.
const inStrictError = (problem: string) =>
  /^line \d+: /.test(problem) ? `yaml: unmarshal errors:\n  ${problem}` : problem;

/** The object of a request's body, checked against the address it was sent to. */
async function readObject(context: ResourceContext, validation: FieldValidation): Promise<NewObject> {
  const { incoming, row, request, store } = context;
  const body = await readBody(incoming);
  const { object, problems } = decodeObject(
    row,
    request.version,
    store.kinds,
    body,
    incoming.headers['content-type'] ?? '',
  );
  reportProblems(context, validation, problems, (why) =>
    badRequest(`${row.kind} in version "${request.version}" cannot be handled as a ${row.kind}: ${why}`),
  );
  if (request.verb === 'update' && object.metadata.name === undefined) throw noName(request.name ?? '');
  return checkAddress(context, object);
}

export function checkAddress({ row, request }: ResourceContext, object: NewObject): NewObject {
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

export async function createObject(context: ResourceContext): Promise<Answer> {
  const { write, fieldValidation } = readRequestOptions(context, 'CreateOptions');
  const object = await readObject(context, fieldValidation);
  if (object.metadata.resourceVersion !== undefined) {
    throw new ApiError('', 'resourceVersion should not be set on objects to be created', undefined, 500);
  }
  return answerWith(context, await context.admission.createWithAdmission(resourceOf(context), object, write), 201);
}

/** PUT of the object or its status. */
export async function updateObject(context: ResourceContext): Promise<Answer> {
  const { write, fieldValidation } = readRequestOptions(context, 'UpdateOptions');
  const { request } = context;
  const object = await readObject(context, fieldValidation);
  const subresource = request.subresource === 'status' ? ({ subresource: 'status' } as const) : {};
  const options = { ...write, ...subresource, isUidPinned: true };
  return answerWith(context, await context.admission.updateWithAdmission(resourceOf(context), object, options));
}

const noName = (name: string) =>
  badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
