import { randomUUID } from 'node:crypto';
import jsonPatch from 'fast-json-patch';
import { ApiError } from './api-error';
import { isRecord, numberAt, recordAt, recordsAt, stringAt, stringsAt, valueAt } from './json-access';
import { apiVersionOf, type KindRow } from './kind-row';
import { type Admitted, matchesWebhook, type Operation, readMatchConditions } from './match-webhook';
import type { JsonObject, KubeObject, NewObject } from './object-types';
import { parseObject } from './parse-object';
import type { Store } from './store';
import { postReview, WebhookFailure } from './webhook-http';

export type ServiceResolver = (namespace: string, name: string, port: number) => string | undefined;

export interface UserInfo {
  readonly username: string;
  readonly groups: readonly string[];
  readonly uid?: string;
}

export interface WebhookCallContext {
  readonly store: Store;
  readonly row: KindRow;
  readonly user: UserInfo;
  readonly isDryRun: boolean;
  readonly resolveService: ServiceResolver;
  readonly warn: (text: string) => void;
  readonly log: (message: string) => void;
}

const CONFIGURATIONS = {
  mutating: 'mutatingwebhookconfigurations.admissionregistration.k8s.io',
  validating: 'validatingwebhookconfigurations.admissionregistration.k8s.io',
} as const;

/**
 * Calls every webhook that matches, configurations by name and their entries in order, each with what the ones before made.
 *
 * Output: the object after all patches; `object` itself when there was none.
 * Fails as the real server does: a denial, or a failed call whose failurePolicy is Fail.
 */
export async function callWebhooks(
  context: WebhookCallContext,
  operation: Operation,
  object: NewObject,
  previous?: KubeObject,
  kind: keyof typeof CONFIGURATIONS = 'mutating',
): Promise<NewObject> {
  const { store, row } = context;
  if (row.group === 'admissionregistration.k8s.io' || !store.hasKind(CONFIGURATIONS[kind])) return object;
  let current = object;
  for (const configuration of store.list(CONFIGURATIONS[kind])) {
    for (const webhook of recordsAt(configuration, 'webhooks')) {
      const admitted = { store, row, operation, object: current, previous };
      if (!shouldCall(webhook, admitted, context)) continue;
      const patched = await callOne(webhook, admitted, context);
      if (kind === 'mutating') current = patched;
    }
  }
  return current;
}

function shouldCall(webhook: JsonObject, admitted: Admitted, { warn, log }: WebhookCallContext): boolean {
  if (!matchesWebhook(webhook, admitted)) return false;
  const conditions = readMatchConditions(webhook);
  if (conditions === 'match' || conditions === 'no-match') return conditions === 'match';
  const text = `webhook "${nameOf(webhook)}" has a matchCondition that this demo cluster cannot evaluate (${conditions.unsupported}); it is not called`;
  warn(text);
  log(text);
  return false;
}

const nameOf = (webhook: JsonObject) => stringAt(webhook, 'name') ?? '';

async function callOne(webhook: JsonObject, admitted: Admitted, context: WebhookCallContext): Promise<NewObject> {
  const name = nameOf(webhook);
  let response: JsonObject;
  try {
    response = await review(webhook, admitted, context);
  } catch (error) {
    if (!(error instanceof WebhookFailure)) throw error;
    const message = `failed calling webhook "${name}": failed to call webhook: ${error.message}`;
    if (webhook.failurePolicy === 'Ignore') {
      context.log(`${message}; ignored, as its failurePolicy says`);
      return admitted.object;
    }
    const details = { causes: [{ reason: '', message }] };
    throw new ApiError('InternalError', `Internal error occurred: ${message}`, details);
  }
  for (const warning of stringsAt(response, 'warnings')) context.warn(warning);
  if (response.allowed !== true) throw denial(name, recordAt(response, 'status'));
  return applyPatch(name, admitted.object, response);
}

function denial(name: string, status: JsonObject): ApiError {
  const denied = `admission webhook "${name}" denied the request`;
  const why = stringAt(status, 'message') || stringAt(status, 'reason') || '';
  const code = Math.max(numberAt(status, 'code') ?? 0, 400);
  return new ApiError(
    stringAt(status, 'reason') ?? '',
    why === '' ? `${denied} without explanation` : `${denied}: ${why}`,
    undefined,
    code,
  );
}

async function review(webhook: JsonObject, admitted: Admitted, context: WebhookCallContext): Promise<JsonObject> {
  const timeoutSeconds = numberAt(webhook, 'timeoutSeconds') ?? 10;
  const target = targetOf(webhook, timeoutSeconds, context);
  const uid = randomUUID();
  const caBundle = stringAt(webhook, 'clientConfig', 'caBundle') ?? '';
  const text = await postReview({
    ...target,
    caPem: caBundle === '' ? undefined : Buffer.from(caBundle, 'base64').toString('utf8'),
    timeoutMs: timeoutSeconds * 1000,
    body: buildReview(uid, admitted, context),
  });
  const answer = parseJson(text);
  const response = valueAt(answer, 'response');
  if (!isRecord(response)) throw new WebhookFailure('the webhook answered without a response');
  if (response.uid !== uid) {
    throw new WebhookFailure(`expected response.uid="${uid}", got "${String(response.uid ?? '')}"`);
  }
  return response;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WebhookFailure(`the webhook's answer is not JSON: ${JSON.stringify(text.slice(0, 80))}`);
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

function buildReview(uid: string, admitted: Admitted, { row, user, isDryRun }: WebhookCallContext): JsonObject {
  const version = row.versions[0] ?? 'v1';
  const kind = { group: row.group, version, kind: row.kind };
  const resource = { group: row.group, version, resource: row.plural };
  const { name, namespace } = admitted.object.metadata;
  const options = {
    kind: admitted.operation === 'CREATE' ? 'CreateOptions' : 'UpdateOptions',
    apiVersion: 'meta.k8s.io/v1',
  };
  return {
    kind: 'AdmissionReview',
    apiVersion: 'admission.k8s.io/v1',
    request: {
      uid,
      kind,
      resource,
      requestKind: kind,
      requestResource: resource,
      ...(name === undefined ? {} : { name }),
      ...(namespace === undefined ? {} : { namespace }),
      operation: admitted.operation,
      userInfo: user,
      object: { ...admitted.object, kind: row.kind, apiVersion: apiVersionOf(row, version) },
      oldObject: admitted.previous ?? null,
      dryRun: isDryRun,
      options,
    },
  };
}

function applyPatch(name: string, object: NewObject, response: JsonObject): NewObject {
  const patch = stringAt(response, 'patch');
  if (patch === undefined || patch === '') return object;
  try {
    const operations: unknown = JSON.parse(Buffer.from(patch, 'base64').toString('utf8'));
    if (!Array.isArray(operations)) throw new Error('the patch is not a list');
    if (operations.length === 0) return object;
    const patched = jsonPatch.applyPatch(structuredClone(object), operations, true, true, true).newDocument;
    return parseObject(patched);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new ApiError(
      'InternalError',
      `Internal error occurred: admission webhook "${name}" sent a patch that cannot be applied: ${text}`,
    );
  }
}
