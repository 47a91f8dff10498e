import type { InformerSync } from './measure-informers';
import type { ChangeFacts } from './measure-label-change';
import { type ListTimes, toListTable } from './measure-lists';
import type { SyncFacts } from './measure-server';
import { type Requirement, toReport } from './report';

/** What one run on the real cluster measured of the dashboard. */
export interface ClusterFacts {
  readonly sync: SyncFacts;
  readonly lists: readonly ListTimes[];
  readonly change: ChangeFacts;
  /** Of the server over the whole run. */
  readonly peakMb: number;
  readonly cpuSeconds: number;
  readonly longestStallMs: number;
  /** How much of the machine was idle just before; a busy one makes every time longer. */
  readonly idleShare: number;
}

/** The figures with their targets, and beside them those of the informers where there are any. */
export function toRequirements(facts: ClusterFacts, informers: InformerSync): Requirement[] {
  const { sync, lists, change } = facts;
  const firstPage = lists.find(({ list, clients }) => list === 'namespaces, first page' && clients === 1)?.times;
  return [
    {
      what: 'synced after the start of the process, s',
      most: 5,
      measured: sync.syncedAfterStartMs / 1000,
      beside: informers.syncedAfterStartMs / 1000,
    },
    { what: 'CPU until synced, s', measured: sync.cpuSeconds, beside: informers.cpuSeconds },
    { what: 'peak memory until synced, MB', most: 300, measured: sync.peakMb, beside: informers.peakMb },
    { what: 'peak memory of the whole run, MB', most: 300, measured: facts.peakMb },
    {
      what: 'longest event-loop stall until synced, ms',
      most: 150,
      measured: sync.longestStallMs,
      beside: informers.longestStallMs,
    },
    { what: 'longest event-loop stall of the whole run, ms', most: 150, measured: facts.longestStallMs },
    { what: 'CPU of the whole run, s', measured: facts.cpuSeconds },
    { what: 'namespaces, first page, the very first request, ms', measured: sync.firstListMs },
    { what: 'namespaces, first page, 1 client, p50, ms', most: 5, measured: firstPage?.p50 ?? Number.NaN },
    { what: 'label change to the event in the browser, p50, ms', measured: change.toEvent.p50 },
    { what: 'label change to the event in the browser, p95, ms', most: 200, measured: change.toEvent.p95 },
    { what: 'label change to the changed row on screen, p95, ms', measured: change.toRow.p95 },
  ];
}

/** The tables of docs/performance.md. */
export function toClusterReport(facts: ClusterFacts, informers: InformerSync): string {
  return [
    toReport(toRequirements(facts, informers), { measured: 'Sidelight', beside: 'informers' }),
    '',
    toListTable(facts.lists),
    '',
    `Machine idle before the run: ${(facts.idleShare * 100).toFixed(0)}%. Objects of the informers: ${informers.objects}.`,
  ].join('\n');
}
