import { useTranslations } from 'next-intl';
import { type BulkPlan, countEffects, type Effect, obstacleOf } from './bulk-plan';
import { EffectCount } from './effect-count';

interface BulkSummaryProps {
  readonly plans: readonly BulkPlan[];
  readonly ready: number;
}

/** What the switch does in all: how many take part, what becomes of their workloads, and who is left out. */
export function BulkSummary({ plans, ready }: BulkSummaryProps) {
  const t = useTranslations('bulk');
  const counts = new Map<Effect, number>();
  for (const plan of plans) {
    if (plan.kind !== 'read' || obstacleOf(plan) !== undefined) continue;
    for (const { effect, count } of countEffects(plan.plan)) counts.set(effect, (counts.get(effect) ?? 0) + count);
  }
  const obstacles = plans.map(obstacleOf);
  const countOf = (obstacle: ReturnType<typeof obstacleOf>) => obstacles.filter((one) => one === obstacle).length;
  const reading = countOf('reading');
  if (reading > 0) {
    return (
      <p role="status" className="mb-3 text-ink-2">
        {t('reading', { done: plans.length - reading, count: plans.length })}
      </p>
    );
  }
  const out = (['no-change', 'no-right', 'read-only', 'failed'] as const).filter((one) => countOf(one) > 0);
  return (
    <div role="status" className="mb-3">
      <p>
        {t.rich('summary', {
          ready,
          count: plans.length,
          b: (chunks) => <strong className="font-semibold">{chunks}</strong>,
        })}{' '}
        <span className="text-ink-2">{out.map((one) => t(`left.${one}`, { count: countOf(one) })).join(' ')}</span>
      </p>
      {counts.size > 0 && (
        <p className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
          <span className="text-ink-3">{t('atRestart')}</span>
          {[...counts].map(([effect, count]) => (
            <EffectCount key={effect} effect={effect} count={count} />
          ))}
        </p>
      )}
    </div>
  );
}
