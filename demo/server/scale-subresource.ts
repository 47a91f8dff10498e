import { badRequest, invalid, notFound } from './api-error';
import { decodeObject } from './decode-object';
import { kindRow } from './define-kind';
import { type Answer, readBody } from './http-exchange';
import { numberAt, stringMapAt } from './json-access';
import type { KindRow, ScalePaths } from './kind-row';
import { structOf } from './object-schema';
import type { KubeObject, NewObject } from './object-types';
import { parseObject } from './parse-object';
import { parsePatch, patchTypeOf } from './patch-object';
import { readTyped } from './read-typed';
import { readRequestOptions } from './request-options';
import { type ResourceContext, resourceOf } from './resource-context';
import { invalidValue } from './validate-names';
import { checkAddress, reportProblems, requireObject } from './write-objects';

const SCALE: KindRow = kindRow('autoscaling', 'v1', 'Scale');

function scaleOf(object: KubeObject, paths: ScalePaths): KubeObject {
  const labels = Object.entries(stringMapAt(object, ...paths.selector)).sort();
  const selector = labels.map(([key, value]) => `${key}=${value}`).join(',');
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }), uid, resourceVersion, creationTimestamp };
  const spec = { replicas: numberAt(object, ...paths.replicas) ?? 0 };
  const status = { replicas: numberAt(object, ...paths.statusReplicas) ?? 0, selector };
  const scale = { kind: 'Scale', apiVersion: 'autoscaling/v1', metadata, spec, status };
  const schema = structOf('scale.Scale');
  return schema === undefined ? scale : { ...scale, ...readTyped(schema, scale).object, metadata };
}

/** GET, PUT and PATCH of `scale`: an autoscaling/v1 Scale in front of the object's replica count. */
export async function handleScale(context: ResourceContext): Promise<Answer> {
  const { row, request } = context;
  if (row.scale === undefined) throw notFound({ group: row.group, plural: row.plural, name: request.name ?? '' });
  if (request.verb === 'get') return answerScale(requireObject(context), row.scale, context);
  const options = readRequestOptions(context, request.verb === 'patch' ? 'PatchOptions' : 'UpdateOptions');
  const body = await readBody(context.incoming);
  const current = requireObject(context);
  const scale = scaleOf(current, row.scale);
  const { object, problems, refuse } = request.verb === 'patch' ? patched(context, body, scale) : sent(context, body);
  reportProblems(context, options.fieldValidation, problems, refuse);
  const wanted = checkAddress(context, object);
  const replicas = numberAt(wanted, 'spec', 'replicas') ?? 0;
  if (replicas < 0) {
    const problem = invalidValue('spec.replicas', replicas, 'must be greater than or equal to 0');
    throw invalid('autoscaling', 'Scale', scale.metadata.name, [problem]);
  }
  const draft: KubeObject = structuredClone(current);
  draft.metadata.resourceVersion = wanted.metadata.resourceVersion ?? current.metadata.resourceVersion;
  draft.spec = { ...draft.spec, replicas };
  const write = { ...options.write, subresource: 'scale' } as const;
  return answerScale(
    await context.admission.updateWithAdmission(resourceOf(context), draft, write),
    row.scale,
    context,
  );
}

function answerScale(object: KubeObject, paths: ScalePaths, { warnings }: ResourceContext): Answer {
  return { status: 200, body: { ...scaleOf(object, paths) }, warnings };
}

interface WantedScale {
  readonly object: NewObject;
  readonly problems: readonly string[];
  refuse(why: string): Error;
}

function patched({ row, incoming }: ResourceContext, body: Buffer, scale: KubeObject): WantedScale {
  const type = patchTypeOf(row, incoming.headers['content-type'] ?? '');
  const text = body.toString('utf8');
  if (type !== 'apply') return parsePatch(type, text).apply(SCALE, scale);
  const { object, problems } = decodeObject(SCALE, 'v1', [SCALE], body, 'application/yaml');
  return { object: parseObject({ ...object }), problems, refuse: badRequest };
}

function sent({ incoming }: ResourceContext, body: Buffer): WantedScale {
  const decoded = decodeObject(SCALE, 'v1', [SCALE], body, incoming.headers['content-type'] ?? '');
  return { ...decoded, refuse: (why) => badRequest(`Scale in version "v1" cannot be handled as a Scale: ${why}`) };
}
