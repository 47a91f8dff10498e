import { describe, expect, it } from 'vitest';
import type { StringMap } from '@/lib/core/kube/object-types';
import { buildLabelTruthTable, type TableValue } from './build-label-truth-table';
import { parseWebhookConfigurations } from './parse-webhook-configurations';
import { webhookConfigurationRecord } from './record-builders';

const CLUSTER = parseWebhookConfigurations([
  webhookConfigurationRecord('hook'),
  webhookConfigurationRecord('hook-1-24', { revision: '1-24' }),
]);
const show = (value: TableValue) => (value.kind === 'value' ? value.value : value.kind === 'any' ? '*' : '-');
const table = (labels: StringMap, cluster = CLUSTER, name = 'shop') =>
  buildLabelTruthTable(name, labels, cluster).rows.map(
    ({ injection, revision, cells, isToday }) =>
      `${isToday ? '> ' : ''}${show(injection)} ${show(revision)}: ${cells.map((cell) => cell?.revision ?? '-').join(' ')}`,
  );

describe('buildLabelTruthTable', () => {
  it('answers for plain pods, pods that ask, pods that decline and pods that name a revision', () => {
    expect(buildLabelTruthTable('shop', {}, CLUSTER).columns.map(({ column }) => column)).toEqual([
      'plain',
      'inject-true',
      'inject-false',
      'revision',
    ]);
    expect(table({})).toEqual([
      '> - -: - default - 1-24',
      '- 1-24: 1-24 1-24 - 1-24',
      '- default: default default - default',
      'enabled *: default default - default',
      'disabled *: - - - -',
    ]);
  });

  it.each<[name: string, labels: StringMap, today: string]>([
    ['enabled', { 'istio-injection': 'enabled' }, '> enabled *: default default - default'],
    ['both labels', { 'istio-injection': 'enabled', 'istio.io/rev': '1-24' }, '> enabled *: default default - default'],
    ['a revision', { 'istio.io/rev': '1-24' }, '> - 1-24: 1-24 1-24 - 1-24'],
    ['a revision nobody serves', { 'istio.io/rev': 'nope' }, '> - nope: - - - -'],
    ['an odd value', { 'istio-injection': 'true' }, '> true *: - - - -'],
  ])('marks today: %s', (_name, labels, today) => {
    const rows = table(labels);
    expect(rows.filter((row) => row.startsWith('>'))).toEqual([today]);
  });

  it("keeps the namespace's other labels and its name in mind", () => {
    const auto = parseWebhookConfigurations([webhookConfigurationRecord('hook', { injectsByDefault: true })]);
    expect(table({}, auto)[0]).toBe('> - -: default default - default');
    expect(table({}, auto, 'kube-system')[0]).toBe('> - -: - default - default');
  });

  it('has one row where there is no injector', () => {
    expect(table({}, [])).toEqual(['> - -: - - -', 'disabled -: - - -']);
  });
});
