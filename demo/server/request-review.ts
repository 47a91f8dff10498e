import { randomUUID } from 'node:crypto';
import { internalError, type WebhookCallContext, warningsOf } from './call-webhooks';
import { TYPE_META } from './decode-object';
import { isRecord, numberAt, recordAt, recordsAt, stringAt, valueAt } from './json-access';
import { applyJsonPatch, OperationFailure, type PatchOperation } from './json-patch';
import { apiVersionOf } from './kind-row';
import { type Admitted, webhookVersion } from './match-webhook';
import type { JsonObject, KubeObject, NewObject } from './object-types';
import { JsonFailure, parseJson } from './parse-json';
import { parseObject } from './parse-object';
import { TypeFailure } from './read-typed';
import { postReview, WebhookFailure } from './webhook-http';

/** A call that failed or was answered with what is no review: the webhook's failurePolicy decides. */
export class ReviewFailure extends Error {}

export interface Review {
  readonly isAllowed: boolean;
  readonly warnings: readonly string[];
  /** Why it was refused. */
  readonly status: JsonObject;
  readonly patched: NewObject | undefined;
}

/** Asks one webhook. Fails with `ReviewFailure` for a call that failed, with an `ApiError` for a patch that does not fit. */
export async function requestReview(
  configuration: KubeObject,
  webhook: JsonObject,
  admitted: Admitted,
  context: WebhookCallContext,
  settle: (object: NewObject) => NewObject,
): Promise<Review> {
  const response = await call(webhook, admitted, context);
  const isAllowed = response.allowed === true;
  return {
    isAllowed,
    warnings: warningsOf(response),
    status: recordAt(response, 'status'),
    patched: isAllowed && isMutating(configuration) ? applyPatch(admitted.object, response, settle) : admitted.object,
  };
}

const isMutating = ({ kind }: KubeObject) => kind === 'MutatingWebhookConfiguration';

async function call(webhook: JsonObject, admitted: Admitted, context: WebhookCallContext): Promise<JsonObject> {
  const timeoutSeconds = numberAt(webhook, 'timeoutSeconds') ?? 10;
  const uid = randomUUID();
  const caBundle = stringAt(webhook, 'clientConfig', 'caBundle') ?? '';
  let text: string;
  try {
    text = await postReview({
      ...targetOf(webhook, timeoutSeconds, context),
      caPem: caBundle === '' ? undefined : Buffer.from(caBundle, 'base64').toString('utf8'),
      timeoutMs: timeoutSeconds * 1000,
      body: buildReview(uid, webhook, admitted, context),
    });
  } catch (error) {
    if (error instanceof WebhookFailure) throw new ReviewFailure(`failed to call webhook: ${error.message}`);
    throw error;
  }
  return parseReview(text, uid);
}

function parseReview(text: string, uid: string): JsonObject {
  const answer = parseAnswer(text);
  const { kind, apiVersion } = answer;
  if (kind === 'AdmissionReview' && apiVersion === 'admission.k8s.io/v1beta1') {
    throw new ReviewFailure(
      'failed to call webhook: converting (v1beta1.AdmissionReview) to (v1.AdmissionReview): unknown conversion',
    );
  }
  if (kind !== 'AdmissionReview' || apiVersion !== 'admission.k8s.io/v1') {
    const found = `${String(apiVersion ?? '')}, Kind=${String(kind ?? '')}`;
    throw new ReviewFailure(
      `received invalid webhook response: expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got ${found}`,
    );
  }
  const response = valueAt(answer, 'response');
  if (!isRecord(response)) throw new ReviewFailure('received invalid webhook response: webhook response was absent');
  if (response.uid !== uid) {
    throw new ReviewFailure(
      `received invalid webhook response: expected response.uid="${uid}", got "${String(response.uid ?? '')}"`,
    );
  }
  return response;
}

function parseAnswer(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    // What is no JSON is read as YAML, where almost anything is a text.
    throw new ReviewFailure(
      `failed to call webhook: couldn't get version/kind; json parse error: json: cannot unmarshal string into Go value of type ${TYPE_META}`,
    );
  }
}

interface Target {
  readonly url: URL;
  readonly shownUrl: string;
  readonly shownAddress: string;
  readonly serverName: string;
}

function targetOf(webhook: JsonObject, timeoutSeconds: number, context: WebhookCallContext): Target {
  const query = `?timeout=${timeoutSeconds}s`;
  const url = stringAt(webhook, 'clientConfig', 'url');
  if (url !== undefined) {
    const target = new URL(`${url}${url.includes('?') ? query.replace('?', '&') : query}`);
    const shownAddress = `${target.hostname}:${target.port === '' ? '443' : target.port}`;
    return { url: target, shownUrl: target.href, shownAddress, serverName: target.hostname };
  }
  const service = recordAt(webhook, 'clientConfig', 'service');
  const name = stringAt(service, 'name') ?? '';
  const namespace = stringAt(service, 'namespace') ?? '';
  const port = numberAt(service, 'port') ?? 443;
  const path = `${stringAt(service, 'path') ?? '/'}${query}`;
  const serverName = `${name}.${namespace}.svc`;
  const shownUrl = `https://${serverName}:${port}${path}`;
  const fail = (text: string) => new WebhookFailure(`Post "${shownUrl}": ${text}`);
  const found = context.store.get('services', { name, namespace });
  if (found === undefined) throw fail(`service "${name}" not found`);
  if (!recordsAt(found, 'spec', 'ports').some((one) => one.port === port)) {
    throw fail(`no service port ${port} found for service "${name}"`);
  }
  const shownAddress = `${stringAt(found, 'spec', 'clusterIP') ?? ''}:${port}`;
  const base = context.resolveService(namespace, name, port);
  if (base === undefined) throw fail(`dial tcp ${shownAddress}: connect: connection refused`);
  return { url: new URL(path, base), shownUrl, shownAddress, serverName };
}

const OPTIONS = { CREATE: 'CreateOptions', UPDATE: 'UpdateOptions', DELETE: 'DeleteOptions' } as const;

function buildReview(uid: string, webhook: JsonObject, admitted: Admitted, context: WebhookCallContext): JsonObject {
  return {
    kind: 'AdmissionReview',
    apiVersion: 'admission.k8s.io/v1',
    request: { uid, ...requestOf(webhook, admitted, context) },
  };
}

/** The request as webhooks and their match conditions see it. */
export function requestOf(
  webhook: JsonObject,
  admitted: Admitted,
  { row, user, isDryRun, subresource, version: asked }: WebhookCallContext,
): JsonObject {
  const version = webhookVersion(webhook, admitted) ?? asked;
  const kindIn = (one: string) => ({ group: row.group, version: one, kind: row.kind });
  const resourceIn = (one: string) => ({ group: row.group, version: one, resource: row.plural });
  const { object, previous, operation } = admitted;
  const { name = '', namespace = '' } = (object ?? previous)?.metadata ?? {};
  const sub = subresource === undefined ? {} : { subResource: subresource };
  return {
    kind: kindIn(version),
    resource: resourceIn(version),
    ...sub,
    requestKind: kindIn(asked),
    requestResource: resourceIn(asked),
    ...(subresource === undefined ? {} : { requestSubResource: subresource }),
    ...(name === '' ? {} : { name }),
    ...(namespace === '' ? {} : { namespace }),
    operation,
    userInfo: user,
    object: object === undefined ? null : { ...object, kind: row.kind, apiVersion: apiVersionOf(row, version) },
    oldObject: previous === undefined ? null : { ...previous, apiVersion: apiVersionOf(row, version) },
    dryRun: isDryRun,
    options: { kind: OPTIONS[operation], apiVersion: 'meta.k8s.io/v1', ...(isDryRun ? { dryRun: ['All'] } : {}) },
  };
}

function applyPatch(
  object: NewObject | undefined,
  response: JsonObject,
  settle: (object: NewObject) => NewObject,
): NewObject | undefined {
  const patch = stringAt(response, 'patch') ?? '';
  if (patch === '' || object === undefined) return object;
  if (response.patchType === undefined) {
    throw new ReviewFailure(
      'received invalid webhook response: webhook returned response.patch but not response.patchType',
    );
  }
  const operations = parseOperations(Buffer.from(patch, 'base64').toString('utf8'));
  if (operations.length === 0) return object;
  try {
    const patched = applyJsonPatch(object, operations);
    return isRecord(patched) ? settle(parseObject(patched)) : object;
  } catch (error) {
    if (error instanceof OperationFailure || error instanceof TypeFailure) throw internalError(error.message);
    throw error;
  }
}

function parseOperations(text: string): PatchOperation[] {
  const undecodable = (why: string) => new ReviewFailure(`received undecodable patch in webhook response: ${why}`);
  try {
    const { value } = parseJson(text);
    if (Array.isArray(value)) return value.map(toOperation);
    throw undecodable('json: cannot unmarshal object into Go value of type jsonpatch.Patch');
  } catch (error) {
    if (error instanceof JsonFailure) throw undecodable(error.message);
    throw error;
  }
}

function toOperation(value: unknown): PatchOperation {
  const text = (name: string) => stringAt(value, name) ?? '';
  return { op: text('op'), path: text('path'), from: text('from'), value: valueAt(value, 'value') };
}
