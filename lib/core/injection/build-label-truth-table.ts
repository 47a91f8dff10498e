import { INJECT_KEY, INJECTION_LABEL, REVISION_LABEL } from '@/lib/core/kube/names';
import type { StringMap } from '@/lib/core/kube/object-types';
import { matchWebhooks, type ServingWebhook, toServingWebhook } from './match-webhooks';
import type { InjectorWebhookConfiguration } from './parse-webhook-configurations';
import { listServedValues, withNameLabel } from './resolve-namespace-mode';

/** The value of a label in a row: absent, of any value, or one value. */
export type TableValue =
  | { readonly kind: 'absent' }
  | { readonly kind: 'any' }
  | { readonly kind: 'value'; readonly value: string };

/** What the pod itself says, one column each. */
export type PodColumn = 'plain' | 'inject-true' | 'inject-false' | 'revision';

export interface TableRow {
  readonly injection: TableValue;
  readonly revision: TableValue;
  readonly isToday: boolean;
  /** Who is called in each column of `columns`; null for nobody. */
  readonly cells: readonly (ServingWebhook | null)[];
}

export interface LabelTruthTable {
  readonly columns: readonly { readonly column: PodColumn; readonly labels: StringMap }[];
  readonly rows: readonly TableRow[];
}

const ABSENT: TableValue = { kind: 'absent' };
const ANY: TableValue = { kind: 'any' };

/**
 * Works out who is called for every combination of a namespace's and a pod's labels.
 *
 * Input: the namespace's name and present labels; the live webhook configurations.
 * Output: rows by `istio-injection`, then by `istio.io/rev`; where the revision makes no difference its rows are one, `any`.
 * Exactly one row is today's. Values are those that the webhooks take, `disabled`, and what the namespace has now.
 */
export function buildLabelTruthTable(
  name: string,
  labels: StringMap,
  configurations: readonly InjectorWebhookConfiguration[],
): LabelTruthTable {
  const revisions = valuesOf(REVISION_LABEL, labels, configurations, []);
  const columns = listColumns(configurations);
  const rows = valuesOf(INJECTION_LABEL, labels, configurations, ['disabled']).flatMap((injection) => {
    const rowsHere = revisions.map((revision) => {
      const combination = {
        ...without(labels),
        ...toLabel(INJECTION_LABEL, injection),
        ...toLabel(REVISION_LABEL, revision),
      };
      return {
        injection,
        revision,
        isToday: isValue(injection, labels[INJECTION_LABEL]) && isValue(revision, labels[REVISION_LABEL]),
        cells: columns.map((column) => callFor(withNameLabel(name, combination), column.labels, configurations)),
      };
    });
    return mergeSame(rowsHere);
  });
  return { columns, rows };
}

function listColumns(configurations: readonly InjectorWebhookConfiguration[]): LabelTruthTable['columns'] {
  const served = listServedValues(REVISION_LABEL, configurations);
  const revision = served.find((value) => value !== 'default') ?? served[0];
  return [
    { column: 'plain', labels: {} },
    { column: 'inject-true', labels: { [INJECT_KEY]: 'true' } },
    { column: 'inject-false', labels: { [INJECT_KEY]: 'false' } },
    ...(revision === undefined ? [] : [{ column: 'revision' as const, labels: { [REVISION_LABEL]: revision } }]),
  ];
}

function valuesOf(
  key: string,
  labels: StringMap,
  configurations: readonly InjectorWebhookConfiguration[],
  more: readonly string[],
): readonly TableValue[] {
  const present = labels[key];
  const values = new Set([
    ...listServedValues(key, configurations),
    ...more,
    ...(present === undefined ? [] : [present]),
  ]);
  return [ABSENT, ...[...values].map((value) => ({ kind: 'value' as const, value }))];
}

function callFor(
  namespaceLabels: StringMap,
  podLabels: StringMap,
  configurations: readonly InjectorWebhookConfiguration[],
): ServingWebhook | null {
  const [match] = matchWebhooks(namespaceLabels, podLabels, configurations);
  return match === undefined ? null : toServingWebhook(match);
}

/** Rows of one `istio-injection` value that all say the same are one. */
function mergeSame(rows: readonly TableRow[]): readonly TableRow[] {
  const [first, ...others] = rows;
  if (first === undefined || others.length === 0) return rows;
  const print = (row: TableRow) =>
    row.cells.map((cell) => (cell === null ? '' : `${cell.configuration}/${cell.webhook}`)).join(' ');
  if (others.some((row) => print(row) !== print(first))) return rows;
  return [{ ...first, revision: ANY, isToday: rows.some(({ isToday }) => isToday) }];
}

function isValue(value: TableValue, present: string | undefined): boolean {
  return value.kind === 'value' ? value.value === present : present === undefined;
}

function toLabel(key: string, value: TableValue): StringMap {
  return value.kind === 'value' ? { [key]: value.value } : {};
}

function without(labels: StringMap): StringMap {
  return Object.fromEntries(
    Object.entries(labels).filter(([key]) => key !== INJECTION_LABEL && key !== REVISION_LABEL),
  );
}
