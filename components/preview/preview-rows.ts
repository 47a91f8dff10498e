import type { InjectionPlanAnswer, PlannedWorkload } from '@/lib/api/injection';
import type { PreviewRow } from '@/lib/api/preview';
import { rowId } from './preview-progress';

export type Becomes = PlannedWorkload['becomes'];

/** A workload in the order of the plan, and its rendering once that is there. */
export interface TableRow {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly pods: number;
  /** As rendered, else as the webhooks' selectors foretell. */
  readonly becomes: Becomes;
  readonly restart: PlannedWorkload['restart'];
  readonly because: PlannedWorkload['because'];
  readonly preview?: PreviewRow;
}

/** The rows of the plan, each with what the stream told of it; workloads that only the stream knows come last. */
export function mergeRows(
  plan: Pick<InjectionPlanAnswer, 'workloads'>,
  previews: ReadonlyMap<string, PreviewRow>,
): readonly TableRow[] {
  const planned = new Set(plan.workloads.map(rowId));
  const rows = plan.workloads.map((workload): TableRow => toRow(workload, previews.get(rowId(workload))));
  const others = [...previews.values()].filter((preview) => !planned.has(rowId(preview)));
  return [...rows, ...others.map((preview) => toRow(preview, preview))];
}

function toRow(
  {
    kind,
    name,
    pods,
    becomes,
    restart,
    because,
  }: Pick<PlannedWorkload, 'kind' | 'name' | 'pods' | 'becomes' | 'restart' | 'because'>,
  preview: PreviewRow | undefined,
): TableRow {
  const told = preview ?? { pods, becomes, restart, because };
  return {
    id: rowId({ kind, name }),
    kind,
    name,
    pods: told.pods,
    becomes: told.becomes,
    restart: told.restart,
    because: told.because,
    ...(preview === undefined ? {} : { preview }),
  };
}

const CHANGES: ReadonlySet<Becomes> = new Set(['gains', 'loses', 'changes-revision']);

/** Whether a restart changes it, and it can be restarted. */
export const isRestartable = ({ restart, becomes }: Pick<TableRow, 'restart' | 'becomes'>): boolean =>
  restart === 'rollout' && CHANGES.has(becomes);

/** The words that rows have, the weightiest first, each with its count. */
export function countBecomes(rows: readonly TableRow[]): readonly (readonly [becomes: Becomes, count: number])[] {
  return ORDER.map((becomes) => [becomes, rows.filter((row) => row.becomes === becomes).length] as const).filter(
    ([, count]) => count > 0,
  );
}

const ORDER: readonly Becomes[] = [
  'refused',
  'unknown',
  'gains',
  'changes-revision',
  'loses',
  'keeps',
  'stays-without',
];
