import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KindRow } from './kind-row';
import { KINDS } from './kinds';
import type { KubeObject } from './object-types';

const RECORDED = join(process.env.SIDELIGHT_VECTORS ?? '../shared', 'recorded/full');
const FILES: readonly (readonly [kind: string, file: string, prefix: string])[] = [
  ['Pod', 'pods', 'pod'],
  ['Service', 'services', 'service'],
  ['Deployment', 'deployments', 'deployment.apps'],
  ['ReplicaSet', 'replicasets', 'replicaset.apps'],
  ['StatefulSet', 'statefulsets', 'statefulset.apps'],
  ['DaemonSet', 'daemonsets', 'daemonset.apps'],
  ['CronJob', 'cronjobs', 'cronjob.batch'],
  ['HorizontalPodAutoscaler', 'horizontalpodautoscalers', 'horizontalpodautoscaler.autoscaling'],
];

function rowOf(kind: string): KindRow {
  const row = KINDS.find((one) => one.kind === kind);
  if (row === undefined) throw new Error(`no kind ${kind}`);
  return row;
}

const items = (file: string): KubeObject[] => JSON.parse(readFileSync(join(RECORDED, `${file}.json`), 'utf8')).items;

/** A printed line without its times, which no two moments share. */
const withoutTimes = (line: string) =>
  line
    .trim()
    .split(/ {2,}/)
    .filter((cell) => !/^\d+[smhd](\d+[smh])?$/.test(cell))
    .join('|');

function printed(file: string): Set<string> {
  return new Set(
    readFileSync(join(RECORDED, 'text', file), 'utf8')
      .split('\n')
      .map(withoutTimes),
  );
}

function ours(row: KindRow, object: KubeObject, prefix: string, isWide: boolean): string {
  const cells = row.columns
    .filter((column) => isWide || (column.priority ?? 0) === 0)
    .map((column) => String(column.cell(object, Date.parse('2026-11-24T11:40:00Z')) ?? ''));
  const [name, ...rest] = cells;
  const shown = prefix === '' ? name : `${prefix}/${name ?? ''}`;
  return withoutTimes([object.metadata.namespace, shown, ...rest].join('   '));
}

describe.skipIf(!existsSync(RECORDED))('tables as a real cluster printed them (skipped without recordings)', () => {
  it('prints all pods alike, wide', () => {
    const lines = printed('get-pods-A-wide.txt');
    const missing = items('pods')
      .map((pod) => ours(rowOf('Pod'), pod, '', true))
      .filter((line) => !lines.has(line));
    expect(missing).toEqual([]);
  });

  it.each(FILES)('prints every %s alike', (kind, file, prefix) => {
    const lines = printed('get-all-A.txt');
    const objects = items(file);
    const missing = objects
      .map((object) => ours(rowOf(kind), object, prefix, false))
      .filter((line) => !lines.has(line));
    expect(objects.length).toBeGreaterThan(0);
    expect(missing).toEqual([]);
  });
});
