import { matchesLabelSelector } from '@/lib/core/kube/label-selector';
import type { LabelSelector } from '@/lib/core/kube/object-types';
import { recordAt, recordsAt, stringAt, stringMapAt, stringsAt } from './json-access';
import type { KindRow } from './kind-row';
import type { JsonObject, KubeObject, NewObject } from './object-types';
import type { Store, WriteOptions } from './store';

export type Operation = 'CREATE' | 'UPDATE' | 'DELETE';

/** What is asked for: `object` is undefined on a deletion, `previous` on a creation. */
export interface AdmittedRequest {
  readonly operation: Operation;
  readonly object: NewObject | undefined;
  readonly previous: KubeObject | undefined;
}

export interface Admitted extends AdmittedRequest {
  readonly store: Store;
  readonly row: KindRow;
  readonly subresource?: WriteOptions['subresource'];
  /** The version that the client wrote; the kind's first when left out. */
  readonly version?: string;
}

export function toLabelSelector(value: JsonObject): LabelSelector {
  return {
    matchLabels: stringMapAt(value, 'matchLabels'),
    matchExpressions: recordsAt(value, 'matchExpressions').map((expression) => ({
      key: stringAt(expression, 'key') ?? '',
      operator: stringAt(expression, 'operator') ?? '',
      values: stringsAt(expression, 'values'),
    })),
  };
}

const has = (list: readonly string[], wanted: string) => list.includes('*') || list.includes(wanted);

/** In which version a rule asks for the object: as it was sent, or unless it has to be `Exact` any other that it is served in. */
function versionByRule(rule: JsonObject, isExact: boolean, admitted: Admitted): string | undefined {
  const { row, version = row.versions[0] ?? 'v1' } = admitted;
  if (!matchesRule(rule, admitted)) return undefined;
  const candidates = isExact ? [version] : [version, ...row.versions];
  return candidates.find((one) => has(stringsAt(rule, 'apiVersions'), one));
}

function matchesRule(rule: JsonObject, { row, operation, subresource }: Admitted): boolean {
  const scope = stringAt(rule, 'scope') ?? '*';
  const inScope = scope === '*' || (scope === 'Namespaced') === row.namespaced;
  return (
    inScope &&
    has(stringsAt(rule, 'operations'), operation) &&
    has(stringsAt(rule, 'apiGroups'), row.group) &&
    stringsAt(rule, 'resources').some((resource) => coversResource(resource, row.plural, subresource))
  );
}

// A star before the slash is any resource, one after it any subresource or none; without a slash there is none.
function coversResource(pattern: string, plural: string, subresource = ''): boolean {
  const [resource = '', part = ''] = pattern.split('/');
  return (resource === '*' || resource === plural) && (part === '*' || part === subresource);
}

function namespaceLabels({ store, row, object, previous }: Admitted): Readonly<Record<string, string>> | undefined {
  const { labels, namespace = '' } = (object ?? previous)?.metadata ?? {};
  if (row.deletion === 'namespace') return labels ?? {};
  if (!row.namespaced) return undefined;
  return store.get('namespaces', { name: namespace })?.metadata.labels ?? {};
}

/** The version in which the webhook wants to see the object, by the first rule that covers it. */
export function webhookVersion(webhook: JsonObject, admitted: Admitted): string | undefined {
  for (const rule of recordsAt(webhook, 'rules')) {
    const version = versionByRule(rule, webhook.matchPolicy === 'Exact', admitted);
    if (version !== undefined) return version;
  }
  return undefined;
}

/**
 * Whether a webhook is to be called: rules, then namespaceSelector, then objectSelector.
 * Cluster-wide objects other than namespaces meet any namespaceSelector.
 * Source: k8s.io/apiserver, pkg/admission/plugin/webhook/generic/webhook.go, ShouldCallHook.
 */
export function matchesWebhook(webhook: JsonObject, admitted: Admitted): boolean {
  if (webhookVersion(webhook, admitted) === undefined) return false;
  const labels = namespaceLabels(admitted);
  const inNamespace = toLabelSelector(recordAt(webhook, 'namespaceSelector'));
  if (labels !== undefined && !matchesLabelSelector(inNamespace, labels)) return false;
  const onObject = toLabelSelector(recordAt(webhook, 'objectSelector'));
  return [admitted.object, admitted.previous].some(
    (object) => object !== undefined && matchesLabelSelector(onObject, object.metadata.labels ?? {}),
  );
}
