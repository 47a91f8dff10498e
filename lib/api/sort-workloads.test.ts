import { expect, it } from 'vitest';
import type { WorkloadRow } from '@/lib/api/namespaces';
import { sortWorkloads } from './sort-workloads';

const NONE = { injected: 0, outdated: 0, 'not-injected': 0, missing: 0, refused: 0, ambient: 0, unknown: 0, total: 0 };

const row = (name: string, over: Partial<WorkloadRow> = {}): WorkloadRow => ({
  kind: 'Deployment',
  apiVersion: 'apps/v1',
  name,
  namespace: 'shop',
  createdAt: '2026-03-01T10:00:00Z',
  state: 'injected',
  because: { code: 'injection.pod.injected' },
  counts: NONE,
  asWanted: 0,
  revisions: [],
  canRestart: true,
  ...over,
});
const ROWS = [
  row('b', { state: 'refused', counts: { ...NONE, total: 2 } }),
  row('c', { createdAt: '2026-03-02T10:00:00Z', counts: { ...NONE, total: 2 } }),
  row('a', { kind: 'StatefulSet', state: 'missing', revisions: ['1-10-2'] }),
];

it.each<[sort: string, want: string]>([
  ['name', 'abc'],
  ['-name', 'cba'],
  ['kind', 'bca'],
  ['-pods', 'bca'],
  ['-state', 'bac'],
  ['-revision', 'abc'],
  ['age', 'cab'],
  ['no such column', 'abc'],
])('by %s', (sort, want) => {
  expect(
    sortWorkloads(ROWS, sort)
      .map(({ name }) => name)
      .join(''),
  ).toBe(want);
});
