import type { ApiError } from '@/components/shared/api-error';
import type { InjectionPlanAnswer, PlannedWorkload } from '@/lib/api/injection';

/** What is known of one namespace's switch before it is made. */
export type BulkPlan =
  | { readonly kind: 'reading' }
  | { readonly kind: 'read'; readonly plan: InjectionPlanAnswer }
  | { readonly kind: 'failed'; readonly error: ApiError };

/** Why a namespace is left out of a switch; undefined where it takes part. */
export type BulkObstacle = 'reading' | 'failed' | 'no-change' | 'no-right' | 'read-only';

export function obstacleOf(plan: BulkPlan): BulkObstacle | undefined {
  if (plan.kind !== 'read') return plan.kind;
  const { access, labels } = plan.plan;
  if (!access.allowed) return access.reason === 'read-only' ? 'read-only' : 'no-right';
  return labels.isNoChange ? 'no-change' : undefined;
}

/** What workloads become, in the order in which a person wants to know. */
const EFFECTS = ['refused', 'gains', 'loses', 'changes-revision', 'keeps', 'stays-without', 'unknown'] as const;
export type Effect = PlannedWorkload['becomes'];

/** How many workloads become what; those of no workload are left out. */
export function countEffects({ workloads }: InjectionPlanAnswer): readonly { effect: Effect; count: number }[] {
  return EFFECTS.map((effect) => ({
    effect,
    count: workloads.filter(({ becomes }) => becomes === effect).length,
  })).filter(({ count }) => count > 0);
}
