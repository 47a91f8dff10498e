import { ABSENT } from './match-value';
import type { Row, SendStep } from './row';

const PATH = '/api/v1/namespaces/{ns}/configmaps';

/** Three objects that differ in two labels; `c` lacks one. */
const LABELS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  a: { row: 'yes', tier: 'web', size: '1' },
  b: { row: 'yes', tier: 'db', size: '12' },
  c: { row: 'yes', size: '' },
};

const create: readonly SendStep[] = Object.entries(LABELS).map(([name, labels]) => ({
  send: { method: 'POST', path: PATH, body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels } } },
  expect: { status: 201 },
}));

const selects = (name: string, selector: string, names: readonly string[]): Row => ({
  name: `label selector: ${name}`,
  steps: [
    ...create,
    {
      send: { path: PATH, query: { labelSelector: selector } },
      expect: {
        status: 200,
        body: { kind: 'ConfigMapList', items: names.map((one) => ({ metadata: { name: one } })) },
      },
    },
  ],
});

const refuses = (name: string, selector: string, message: string): Row => ({
  name: `label selector: ${name}`,
  steps: [
    {
      send: { path: PATH, query: { labelSelector: selector } },
      expect: { status: 400, body: { kind: 'Status', reason: 'BadRequest', message, details: ABSENT } },
    },
  ],
});

export const LABEL_SELECTOR_ROWS: readonly Row[] = [
  selects('= takes one value', 'tier=web', ['a']),
  selects('!= takes objects without the label as well', 'row,tier!=web', ['b', 'c']),
  refuses('an operator without a key is refused', '=web', "found '=', expected: !, identifier, or 'end of string'"),
];
