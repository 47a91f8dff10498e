import { ApiError } from './api-error';
import { deleteCollection, deleteObject } from './delete-objects';
import { type Answer, addWarnings } from './http-exchange';
import { listObjects } from './list-objects';
import { requireForm } from './parse-rendering';
import { patchObjectRequest } from './patch-request';
import { readLog } from './pod-log';
import { renderList, renderObject } from './render-objects';
import type { ResourceContext } from './resource-context';
import { handleScale } from './scale-subresource';
import { verbsOf } from './served-versions';
import { watchObjects } from './watch-objects';
import { createObject, requireObject, updateObject } from './write-objects';

/** Answers a request for objects of a kind; undefined when the answer is a stream that has been started. */
export async function serveResource(context: ResourceContext): Promise<Answer | undefined> {
  const { row, request } = context;
  const { subresource, verb, name } = request;
  if (row.deprecation !== undefined) addWarnings(context.response, [row.deprecation]);
  if (name === undefined && row.namespaced && request.namespace === undefined && !['list', 'watch'].includes(verb)) {
    throw notAllowed();
  }
  // The real server's router knows no HEAD.
  if (context.incoming.method === 'HEAD') return refuse();
  if (verb === 'deletecollection' && !verbsOf(row).includes(verb)) return refuse();
  if (subresource === 'scale') return handleScale(context);
  if (subresource === 'log') return verb === 'get' ? readLog(context) : refuse();
  if (subresource === 'status' && !['get', 'update', 'patch'].includes(verb)) return refuse();
  switch (verb) {
    case 'get':
      return getObject(context);
    case 'list':
      return list(context);
    case 'watch':
      watchObjects(context);
      return undefined;
    case 'create':
      return name === undefined ? createObject(context) : refuse();
    case 'update':
      return name === undefined ? refuse() : updateObject(context);
    case 'patch':
      return name === undefined ? refuse() : patchObjectRequest(context);
    case 'delete':
      return deleteObject(context);
    case 'deletecollection':
      return deleteCollection(context);
    default:
      return refuse();
  }
}

function notAllowed(): ApiError {
  return new ApiError('MethodNotAllowed', 'the server does not allow this method on the requested resource', {});
}

function refuse(): never {
  throw notAllowed();
}

function getObject(context: ResourceContext): Answer | undefined {
  const { row, request, rendering } = context;
  requireForm(row, rendering, false);
  return { status: 200, body: renderObject(row, request.version, requireObject(context), rendering) };
}

function list({ store, row, request, query, rendering }: ResourceContext): Answer {
  const page = listObjects(store, row, request.namespace, query);
  const metadata = {
    resourceVersion: page.resourceVersion,
    ...(page.continueToken === undefined ? {} : { continue: page.continueToken }),
    ...(page.remaining === undefined ? {} : { remainingItemCount: page.remaining }),
  };
  return { status: 200, body: renderList(row, request.version, page.items, metadata, rendering) };
}
