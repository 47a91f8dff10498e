import type { IncomingMessage } from 'node:http';
import { REVIEWS, type Shape } from './access-reviews';
import { ApiError } from './api-error';
import type { Authorizer } from './authorize';
import type { DemoUser } from './bound-rules';
import { compareTyped } from './compare-typed';
import { type Answer, parseBody, readBody } from './http-exchange';
import { isRecord, recordAt } from './json-access';
import { resourceId } from './kind-row';
import { FREE } from './object-schema';
import type { JsonObject } from './object-types';
import type { ResourceRequest } from './parse-request';
import { toFieldsV1 } from './path-set';

export interface ReviewExchange {
  readonly authorizer: Authorizer;
  readonly user: DemoUser;
  readonly target: ResourceRequest;
  readonly query: URLSearchParams;
  readonly incoming: IncomingMessage;
  /** The time as objects carry it. */
  readonly now: string;
}

export function isReview(target: ResourceRequest): boolean {
  return target.version === 'v1' && REVIEWS[resourceId(target)] !== undefined;
}

/** Answers a question about rights. Such a resource can only be created, and only where its kind says. */
export async function serveReview(exchange: ReviewExchange): Promise<Answer> {
  const { target, incoming, query, now } = exchange;
  const review = REVIEWS[resourceId(target)];
  if (review === undefined || target.name !== undefined || review.namespaced !== (target.namespace !== undefined)) {
    throw new ApiError('NotFound', 'the server could not find the requested resource', {});
  }
  if (target.verb !== 'create') {
    throw new ApiError('MethodNotAllowed', 'the server does not allow this method on the requested resource', {});
  }
  const parsed = parseBody(await readBody(incoming), incoming.headers['content-type'] ?? '');
  const {
    apiVersion: _version,
    kind: _kind,
    metadata: _metadata,
    status: _status,
    ...rest
  } = isRecord(parsed) ? parsed : {};
  const warnings: string[] = [];
  const kept = keepKnown(rest, review.shape, '', warnings);
  const answer = review.answer({ ...exchange, namespace: target.namespace, spec: recordAt(kept, 'spec') });
  const apiVersion = `${target.group}/${target.version}`;
  const manager = query.get('fieldManager') ?? (incoming.headers['user-agent'] ?? 'unknown').split('/')[0] ?? 'unknown';
  const entry = {
    manager,
    operation: 'Update',
    apiVersion,
    time: now,
    fieldsType: 'FieldsV1',
    fieldsV1: toFieldsV1(compareTyped(FREE, { spec: {} }, kept).added),
  };
  const metadata = {
    ...(target.namespace === undefined ? {} : { namespace: target.namespace }),
    ...(review.kind === 'SelfSubjectReview' ? { creationTimestamp: now } : {}),
    ...(review.isTracked ? { managedFields: [entry] } : {}),
  };
  return { status: 201, body: { kind: review.kind, apiVersion, metadata, ...answer }, warnings };
}

/** The fields of a shape, in its order and without empty texts; every other field becomes a warning. */
function keepKnown(value: JsonObject, shape: Shape, place: string, warnings: string[]): JsonObject {
  for (const field of Object.keys(value)) {
    if (shape[field] === undefined) warnings.push(`unknown field "${place}${field}"`);
  }
  const kept: Record<string, unknown> = {};
  for (const [field, inner] of Object.entries(shape)) {
    const given = value[field];
    if (given === undefined || given === null || given === '') continue;
    kept[field] = inner !== 'any' && isRecord(given) ? keepKnown(given, inner, `${place}${field}.`, warnings) : given;
  }
  return kept;
}
