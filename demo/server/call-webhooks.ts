import { ApiError } from './api-error';
import { jsonEqual, numberAt, recordAt, recordsAt, stringAt, stringsAt } from './json-access';
import type { KindRow } from './kind-row';
import { type Admitted, type AdmittedRequest, matchesWebhook } from './match-webhook';
import type { JsonObject, KubeObject, NewObject } from './object-types';
import { createReinvocation } from './reinvocation';
import { ReviewFailure, requestReview } from './request-review';
import type { Store, WriteOptions } from './store';
import { failedConditions } from './webhook-conditions';

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
  readonly subresource: WriteOptions['subresource'];
  /** The version that the client wrote. */
  readonly version: string;
  readonly resolveService: ServiceResolver;
  readonly warn: (text: string) => void;
  readonly log: (message: string) => void;
}

const CONFIGURATIONS = {
  mutating: 'mutatingwebhookconfigurations.admissionregistration.k8s.io',
  validating: 'validatingwebhookconfigurations.admissionregistration.k8s.io',
} as const;

interface Webhook {
  readonly configuration: KubeObject;
  readonly entry: JsonObject;
}

/**
 * Calls every webhook that matches: mutating ones by configuration name and in order, each with what the ones before made, once
 * more where a later one changed the object and they ask for it; validating ones all at once.
 *
 * `settle` defaults an object that a webhook has patched. Output: the object after all patches; itself when there was none.
 * Fails as the real server does: a denial, or a failed call whose failurePolicy is Fail.
 */
export async function callWebhooks<T extends NewObject | undefined>(
  context: WebhookCallContext,
  request: AdmittedRequest & { readonly object: T },
  kind: keyof typeof CONFIGURATIONS,
  settle: (object: NewObject) => NewObject = (object) => object,
): Promise<T | NewObject> {
  const { store, row } = context;
  const { object } = request;
  if (row.group === 'admissionregistration.k8s.io' || !store.hasKind(CONFIGURATIONS[kind])) return object;
  const webhooks = store
    .list(CONFIGURATIONS[kind])
    .flatMap((configuration) => recordsAt(configuration, 'webhooks').map((entry) => ({ configuration, entry })));
  if (webhooks.length === 0) return object;
  const admitted: Admitted = { ...request, store, row, subresource: context.subresource, version: context.version };
  if (kind === 'mutating') return (await callMutating(context, webhooks, admitted, settle)) ?? object;
  await callValidating(context, webhooks, admitted);
  return object;
}

async function callMutating(
  context: WebhookCallContext,
  webhooks: readonly Webhook[],
  admitted: Admitted,
  settle: (object: NewObject) => NewObject,
): Promise<NewObject | undefined> {
  const reinvocation = createReinvocation();
  let current = admitted.object;
  const callRound = async (isReinvoked: boolean) => {
    for (const webhook of webhooks) {
      const now = { ...admitted, object: current };
      if (!(await shouldCall(webhook, now, context)) || (isReinvoked && !reinvocation.isDue(webhook.entry))) continue;
      const patched = (await callOne(webhook, now, context, settle)) ?? current;
      const isChanged = !jsonEqual(patched, current);
      current = patched;
      reinvocation.note(webhook.entry, isChanged);
    }
  };
  await callRound(false);
  if (reinvocation.isNeeded) await callRound(true);
  return current;
}

async function callValidating(
  context: WebhookCallContext,
  webhooks: readonly Webhook[],
  admitted: Admitted,
): Promise<void> {
  const due: Webhook[] = [];
  for (const webhook of webhooks) if (await shouldCall(webhook, admitted, context)) due.push(webhook);
  const results = await Promise.allSettled(
    due.map((webhook) => callOne(webhook, admitted, context, (object) => object)),
  );
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

const nameOf = ({ entry }: Webhook) => stringAt(entry, 'name') ?? '';

async function shouldCall(webhook: Webhook, admitted: Admitted, context: WebhookCallContext): Promise<boolean> {
  if (!matchesWebhook(webhook.entry, admitted)) return false;
  const outcome = failedConditions(webhook.entry, admitted, context);
  if (outcome.isMatch !== undefined) return outcome.isMatch;
  if (webhook.entry.failurePolicy === 'Ignore') {
    context.log(`${outcome.error}; ignored, as its failurePolicy says`);
    return false;
  }
  const subject = { group: context.row.group, plural: context.row.plural, name: admitted.object?.metadata.name };
  throw conditionFailure(subject, outcome.error);
}

function conditionFailure(
  { group, plural, name = '' }: { group: string; plural: string; name: string | undefined },
  why: string,
): ApiError {
  const details = { ...(name === '' ? {} : { name }), ...(group === '' ? {} : { group }), kind: plural };
  const resource = group === '' ? plural : `${plural}.${group}`;
  return new ApiError('Forbidden', `${resource} "${name}" is forbidden: ${why}`, details);
}

/** The object as the webhook wants it; undefined on a deletion. */
async function callOne(
  webhook: Webhook,
  admitted: Admitted,
  context: WebhookCallContext,
  settle: (object: NewObject) => NewObject,
): Promise<NewObject | undefined> {
  const name = nameOf(webhook);
  const { sideEffects } = webhook.entry;
  if (context.isDryRun && sideEffects !== 'None' && sideEffects !== 'NoneOnDryRun') {
    throw new ApiError('BadRequest', `admission webhook ${JSON.stringify(name)} does not support dry run`);
  }
  try {
    const review = await requestReview(webhook.configuration, webhook.entry, admitted, context, settle);
    for (const warning of review.warnings) context.warn(warning);
    if (!review.isAllowed) throw denial(name, review.status);
    return review.patched;
  } catch (error) {
    if (!(error instanceof ReviewFailure)) throw error;
    const message = `failed calling webhook ${JSON.stringify(name)}: ${error.message}`;
    if (webhook.entry.failurePolicy === 'Ignore') {
      context.log(`${message}; ignored, as its failurePolicy says`);
      return admitted.object;
    }
    throw internalError(message);
  }
}

export function internalError(message: string): ApiError {
  const details = { causes: [{ message }] };
  return new ApiError('InternalError', `Internal error occurred: ${message}`, details);
}

function denial(name: string, status: JsonObject): ApiError {
  const denied = `admission webhook ${JSON.stringify(name)} denied the request`;
  const [message, reason] = [stringAt(status, 'message') ?? '', stringAt(status, 'reason') ?? ''];
  const why = message !== '' ? message : reason;
  const code = Math.max(numberAt(status, 'code') ?? 0, 400);
  const text = why === '' ? `${denied} without explanation` : `${denied}: ${why}`;
  const details = recordAt(status, 'details');
  const causes = recordsAt(details, 'causes').map((cause) => ({
    reason: stringAt(cause, 'reason') ?? '',
    message: stringAt(cause, 'message') ?? '',
    field: stringAt(cause, 'field') ?? '',
  }));
  const shown =
    Object.keys(details).length === 0 ? undefined : { ...details, ...(causes.length === 0 ? {} : { causes }) };
  return new ApiError(reason, text, shown, code);
}

export const warningsOf = (response: JsonObject): readonly string[] => stringsAt(response, 'warnings');
