import { matchesLabelSelector } from '@/lib/core/kube/label-selector';
import type { LabelSelector } from '@/lib/core/kube/object-types';
import { recordAt, recordsAt, stringAt, stringMapAt, stringsAt } from './json-access';
import type { KindRow } from './kind-row';
import type { JsonObject, KubeObject, NewObject } from './object-types';
import type { Store } from './store';

export type Operation = 'CREATE' | 'UPDATE' | 'DELETE';

export interface Admitted {
  readonly store: Store;
  readonly row: KindRow;
  readonly operation: Operation;
  readonly object: NewObject;
  readonly previous: KubeObject | undefined;
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

function matchesRule(rule: JsonObject, { row, operation }: Admitted): boolean {
  const scope = stringAt(rule, 'scope') ?? '*';
  const inScope = scope === '*' || (scope === 'Namespaced') === row.namespaced;
  return (
    inScope &&
    has(stringsAt(rule, 'operations'), operation) &&
    has(stringsAt(rule, 'apiGroups'), row.group) &&
    row.versions.some((version) => has(stringsAt(rule, 'apiVersions'), version)) &&
    stringsAt(rule, 'resources').some((resource) => ['*', '*/*', row.plural].includes(resource))
  );
}

function namespaceLabels({ store, row, object }: Admitted): Readonly<Record<string, string>> | undefined {
  if (row.deletion === 'namespace') return object.metadata.labels ?? {};
  if (!row.namespaced) return undefined;
  return store.get('namespaces', { name: object.metadata.namespace ?? '' })?.metadata.labels ?? {};
}

/**
 * Whether a webhook is to be called: rules, then namespaceSelector, then objectSelector.
 * Cluster-wide objects other than namespaces meet any namespaceSelector.
 * Source: k8s.io/apiserver, pkg/admission/plugin/webhook/generic/webhook.go, ShouldCallHook.
 */
export function matchesWebhook(webhook: JsonObject, admitted: Admitted): boolean {
  if (!recordsAt(webhook, 'rules').some((rule) => matchesRule(rule, admitted))) return false;
  const labels = namespaceLabels(admitted);
  const inNamespace = toLabelSelector(recordAt(webhook, 'namespaceSelector'));
  if (labels !== undefined && !matchesLabelSelector(inNamespace, labels)) return false;
  const onObject = toLabelSelector(recordAt(webhook, 'objectSelector'));
  const { object, previous } = admitted;
  if (matchesLabelSelector(onObject, object.metadata.labels ?? {})) return true;
  return previous !== undefined && matchesLabelSelector(onObject, previous.metadata.labels ?? {});
}

/** Match conditions are CEL, which this server does not have: only the literals `true` and `false` are understood. */
export function readMatchConditions(webhook: JsonObject): 'match' | 'no-match' | { readonly unsupported: string } {
  const expressions = recordsAt(webhook, 'matchConditions').map((one) => (stringAt(one, 'expression') ?? '').trim());
  if (expressions.includes('false')) return 'no-match';
  const unsupported = expressions.find((expression) => expression !== 'true');
  return unsupported === undefined ? 'match' : { unsupported };
}
