import type { PodRequests } from '@/lib/core/pod/pod-requests';
import type { CountedRow } from './build-preview-row';
import { NO_REQUESTS, toAmounts } from './forecast-pod';
import type { Amounts, PlannedChange } from './preview-types';

/** What the rows so far come to. */
export interface PreviewCount {
  readonly rows: number;
  readonly becomes: Partial<Readonly<Record<PlannedChange, number>>>;
  readonly total: PodRequests;
  readonly adds: PodRequests;
  readonly notRendered: number;
}

export interface PreviewTotals extends Pick<PreviewCount, 'rows' | 'becomes' | 'notRendered'> {
  readonly requests: Amounts;
  readonly adds: Amounts;
}

export const NOTHING_COUNTED: PreviewCount = {
  rows: 0,
  becomes: {},
  total: NO_REQUESTS,
  adds: NO_REQUESTS,
  notRendered: 0,
};

/** The count with one more row in it. */
export function countRow(count: PreviewCount, { row, total, adds }: CountedRow): PreviewCount {
  const { becomes, rendering } = row;
  return {
    rows: count.rows + 1,
    becomes: { ...count.becomes, [becomes]: (count.becomes[becomes] ?? 0) + 1 },
    total: plus(count.total, total),
    adds: plus(count.adds, adds),
    notRendered: count.notRendered + (rendering === 'not-possible' ? 1 : 0),
  };
}

/** The sums as they are shown, amounts in Kubernetes' spelling. */
export function toTotals({ rows, becomes, total, adds, notRendered }: PreviewCount): PreviewTotals {
  return { rows, becomes, requests: toAmounts(total), adds: toAmounts(adds), notRendered };
}

function plus(one: PodRequests, two: PodRequests): PodRequests {
  return { cpuCores: one.cpuCores + two.cpuCores, memoryBytes: one.memoryBytes + two.memoryBytes };
}
