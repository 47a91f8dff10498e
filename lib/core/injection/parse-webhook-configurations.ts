import { DEACTIVATED_LABEL, DEFAULT_REVISION, REVISION_LABEL, REVISION_TAG_LABEL } from '@/lib/core/kube/names';
import type { LabelSelector } from '@/lib/core/kube/object-types';
import type { DocumentRecord } from '@/lib/core/kube/records';
import { parseLabelSelector } from './parse-label-selector';
import { isJson, type Json, toJson, toList, toText, toTexts } from './read-json';

export type WebhookTarget =
  | {
      readonly kind: 'service';
      readonly namespace: string;
      readonly name: string;
      readonly port: number;
      readonly path: string;
    }
  | { readonly kind: 'url'; readonly url: string };

export interface MatchCondition {
  readonly name: string;
  readonly expression: string;
}

/** One entry of a webhook configuration. */
export interface InjectorWebhook {
  readonly name: string;
  readonly namespaceSelector?: LabelSelector;
  readonly objectSelector?: LabelSelector;
  readonly failurePolicy: 'Fail' | 'Ignore';
  readonly timeoutSeconds: number;
  readonly matchConditions: readonly MatchCondition[];
  readonly target: WebhookTarget;
  readonly hasCaBundle: boolean;
  /** Whether its rules cover the creation of pods; an entry without them never sees one. */
  readonly isForPods: boolean;
}

/** A MutatingWebhookConfiguration of a sidecar injector. */
export interface InjectorWebhookConfiguration {
  readonly name: string;
  /** Label `istio.io/rev`; `default` when there is none. */
  readonly revision: string;
  /** Label `istio.io/tag`: this configuration is a revision tag. */
  readonly tag?: string;
  readonly isDeactivated: boolean;
  readonly createdAt: string;
  readonly webhooks: readonly InjectorWebhook[];
}

const ISTIO_SUFFIX = 'istio.io';
const NEVER_MATCH = 'never-match';
const DEFAULT_TIMEOUT_SECONDS = 10;
const DEFAULT_PORT = 443;

/**
 * Reads the injectors' webhook configurations.
 *
 * Input: records of MutatingWebhookConfigurations; `body` is the object as the API server returned it.
 * Output: only those with an entry whose name ends in `istio.io`, by name, which is the order in which the API server calls them.
 * Never throws: entries that are no objects are left out, absent fields get the API server's defaults.
 * Source: Istio, istioctl/pkg/injector, checkInject; Kubernetes, admissionregistration/v1 defaults.
 */
export function parseWebhookConfigurations(records: Iterable<DocumentRecord>): readonly InjectorWebhookConfiguration[] {
  const found: InjectorWebhookConfiguration[] = [];
  for (const record of records) {
    const webhooks = toList(toJson(record.body).webhooks).filter(isJson).map(toWebhook);
    if (!webhooks.some((webhook) => webhook.name.endsWith(ISTIO_SUFFIX))) continue;
    const tag = record.labels[REVISION_TAG_LABEL];
    found.push({
      name: record.name,
      revision: record.labels[REVISION_LABEL] || DEFAULT_REVISION,
      ...(tag && { tag }),
      isDeactivated: webhooks.every(isDeactivated),
      createdAt: record.createdAt,
      webhooks,
    });
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Whether both selectors of an entry have the value that `istioctl tag set default` writes to switch it off. */
export function isDeactivated(webhook: InjectorWebhook): boolean {
  return isNeverMatch(webhook.namespaceSelector) && isNeverMatch(webhook.objectSelector);
}

function isNeverMatch(selector: LabelSelector | undefined): boolean {
  const labels = Object.entries(selector?.matchLabels ?? {});
  const [only] = labels;
  const hasExpressions = (selector?.matchExpressions ?? []).length > 0;
  return labels.length === 1 && !hasExpressions && only?.[0] === DEACTIVATED_LABEL && only[1] === NEVER_MATCH;
}

/** One entry of any webhook configuration. */
export function toWebhook(entry: Json): InjectorWebhook {
  const namespaceSelector = parseLabelSelector(entry.namespaceSelector);
  const objectSelector = parseLabelSelector(entry.objectSelector);
  const client = toJson(entry.clientConfig);
  const timeout = entry.timeoutSeconds;
  return {
    name: toText(entry.name),
    ...(namespaceSelector && { namespaceSelector }),
    ...(objectSelector && { objectSelector }),
    failurePolicy: entry.failurePolicy === 'Ignore' ? 'Ignore' : 'Fail',
    timeoutSeconds: typeof timeout === 'number' ? timeout : DEFAULT_TIMEOUT_SECONDS,
    matchConditions: toList(entry.matchConditions)
      .filter(isJson)
      .map((condition) => ({ name: toText(condition.name), expression: toText(condition.expression) })),
    target: toTarget(client),
    hasCaBundle: toText(client.caBundle) !== '',
    isForPods: entry.rules === undefined || toList(entry.rules).filter(isJson).some(coversPodCreation),
  };
}

function toTarget(client: Json): WebhookTarget {
  const url = toText(client.url);
  if (url !== '') return { kind: 'url', url };
  const service = toJson(client.service);
  const port = service.port;
  return {
    kind: 'service',
    namespace: toText(service.namespace),
    name: toText(service.name),
    port: typeof port === 'number' ? port : DEFAULT_PORT,
    path: toText(service.path),
  };
}

function coversPodCreation(rule: Json): boolean {
  const includes = (key: string, wanted: string) => {
    const values = toTexts(rule[key]);
    return values.includes('*') || values.includes(wanted);
  };
  const resources = toTexts(rule.resources);
  const hasPods = resources.some((resource) => resource === 'pods' || resource === '*' || resource === '*/*');
  return hasPods && includes('operations', 'CREATE') && includes('apiGroups', '') && includes('apiVersions', 'v1');
}
