import { badRequest, invalid, type StatusCause } from './api-error';
import { BodyFailure, bodyFormatOf, parseText } from './decode-object';
import { readBody } from './http-exchange';
import { isRecord, numberAt, stringAt, stringsAt } from './json-access';
import type { JsonObject } from './object-types';
import type { DeleteOptions, PropagationPolicy } from './plan-delete';
import { dryRunProblems, unsupportedValue } from './request-options';
import type { ResourceContext } from './resource-context';
import { invalidValue } from './validate-names';

const POLICIES: readonly string[] = ['Foreground', 'Background', 'Orphan'];

function isPolicy(value: unknown): value is PropagationPolicy {
  return typeof value === 'string' && POLICIES.includes(value);
}

/** The options of a deletion: its body, or its query when it has none. */
export async function readDeleteOptions({ incoming, query }: ResourceContext): Promise<DeleteOptions> {
  const body = await readBody(incoming);
  const options = body.length === 0 ? fromQuery(query) : parseOptions(body, incoming.headers['content-type'] ?? '');
  const policy = options.propagationPolicy ?? undefined;
  const problems = problemsOf(options, policy);
  if (problems.length > 0) throw invalid('meta.k8s.io', 'DeleteOptions', '', problems);
  const grace = numberAt(options, 'gracePeriodSeconds');
  const uid = stringAt(options, 'preconditions', 'uid');
  const resourceVersion = stringAt(options, 'preconditions', 'resourceVersion');
  const effective = isPolicy(policy) ? policy : options.orphanDependents === true ? 'Orphan' : undefined;
  return {
    ...(effective === undefined ? {} : { propagationPolicy: effective }),
    // Less than nothing counts as one second.
    ...(grace === undefined ? {} : { gracePeriodSeconds: grace < 0 ? 1 : grace }),
    ...(stringsAt(options, 'dryRun').length > 0 ? { dryRun: true } : {}),
    preconditions: {
      ...(uid === undefined ? {} : { uid }),
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
    },
  };
}

function fromQuery(query: URLSearchParams): JsonObject {
  const grace = query.get('gracePeriodSeconds');
  const orphan = query.get('orphanDependents');
  const policy = query.get('propagationPolicy');
  return {
    ...(grace === null ? {} : { gracePeriodSeconds: Number(grace) }),
    ...(orphan === null ? {} : { orphanDependents: orphan === 'true' }),
    ...(policy === null ? {} : { propagationPolicy: policy }),
    dryRun: query.getAll('dryRun'),
  };
}

function parseOptions(body: Buffer, contentType: string): JsonObject {
  try {
    const { value } = parseText(body, bodyFormatOf(contentType));
    if (value === null) return {};
    if (!isRecord(value)) throw badRequest('the delete options provided are not an object');
    const { kind, apiVersion } = value;
    if (typeof kind === 'string' && kind !== '' && kind !== 'DeleteOptions') {
      throw badRequest(
        `no kind "${kind}" is registered for version "${String(apiVersion ?? 'v1')}" in scheme "pkg/runtime/scheme.go:111"`,
      );
    }
    return value;
  } catch (error) {
    if (error instanceof BodyFailure) throw badRequest(error.message);
    throw error;
  }
}

function problemsOf(options: JsonObject, policy: unknown): StatusCause[] {
  const problems: StatusCause[] = [];
  if (policy !== undefined && typeof options.orphanDependents === 'boolean') {
    problems.push(
      invalidValue('propagationPolicy', policy, 'orphanDependents and deletionPropagation cannot be both set'),
    );
  }
  if (policy !== undefined && !isPolicy(policy)) {
    problems.push(unsupportedValue('propagationPolicy', policy, [...POLICIES, 'nil']));
  }
  return [...problems, ...dryRunProblems(stringsAt(options, 'dryRun'))];
}
