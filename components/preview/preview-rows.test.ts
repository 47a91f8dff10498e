import { expect, it } from 'vitest';
import type { InjectionPlanAnswer, PlannedWorkload } from '@/lib/api/injection';
import { previewRow } from './example-rows';
import { countBecomes, isRestartable, mergeRows } from './preview-rows';

const COUNTS = {
  injected: 0,
  outdated: 0,
  'not-injected': 3,
  missing: 0,
  refused: 0,
  ambient: 0,
  unknown: 0,
  total: 3,
};
const planned = (name: string, over: Partial<PlannedWorkload> = {}): PlannedWorkload => ({
  kind: 'Deployment',
  name,
  pods: 3,
  now: COUNTS,
  becomes: 'gains',
  because: { code: 'injection.plan.x' },
  restart: 'rollout',
  ...over,
});
const plan = (...workloads: readonly PlannedWorkload[]): Pick<InjectionPlanAnswer, 'workloads'> => ({
  workloads: [...workloads],
});
const map = (...rows: readonly ReturnType<typeof previewRow>[]) =>
  new Map(rows.map((row) => [`${row.kind}/${row.name}`, row]));

it('keeps the order of the plan and lets the rendering say what becomes', () => {
  const refused = previewRow('b', { becomes: 'refused' });
  const rows = mergeRows(plan(planned('a'), planned('b'), planned('c')), map(refused));
  expect(rows.map(({ name, becomes, preview }) => [name, becomes, preview])).toEqual([
    ['a', 'gains', undefined],
    ['b', 'refused', refused],
    ['c', 'gains', undefined],
  ]);
});

it('puts workloads that the plan did not know yet at the end', () => {
  expect(mergeRows(plan(planned('z')), map(previewRow('a'))).map(({ name }) => name)).toEqual(['z', 'a']);
});

it.each<[name: string, row: Parameters<typeof isRestartable>[0], want: boolean]>([
  ['that gains a sidecar', { becomes: 'gains', restart: 'rollout' }, true],
  ['that loses its sidecar', { becomes: 'loses', restart: 'rollout' }, true],
  ['that is refused', { becomes: 'refused', restart: 'rollout' }, false],
  ['that nothing changes', { becomes: 'keeps', restart: 'rollout' }, false],
  ['that has no rollout', { becomes: 'gains', restart: 'recreate' }, false],
])('offers the restart of a workload %s: %s', (_name, row, want) => {
  expect(isRestartable(row)).toBe(want);
});

it('counts what rows become, refusals first', () => {
  const rows = mergeRows(plan(planned('a'), planned('b'), planned('c')), map(previewRow('c', { becomes: 'refused' })));
  expect(countBecomes(rows)).toEqual([
    ['refused', 1],
    ['gains', 2],
  ]);
});
