import { useTranslations } from 'next-intl';
import { Phrase } from '@/components/shared/phrase';
import { SkeletonLine } from '@/components/shared/skeleton';
import { StateBadge } from '@/components/shared/state-badge';
import type { StateName } from '@/components/shared/state-names';
import type { InjectionPlanAnswer, InjectionResult } from '@/lib/api/injection';
import { type BulkPlan, countEffects, obstacleOf } from './bulk-plan';
import { EffectCount } from './effect-count';
import type { BulkStatus } from './run-bulk';

type Status = BulkStatus<InjectionResult>;

interface BulkTableProps {
  readonly names: readonly string[];
  readonly planOf: (name: string) => BulkPlan;
  readonly statuses: ReadonlyMap<string, Status>;
}

const HEAD = 'table-head-cell static! h-8 px-3 font-medium';
const CELL = 'border-b border-line px-3 py-2 align-top whitespace-normal';

const STATUS_LOOK: Readonly<Record<Status['kind'], StateName>> = {
  waiting: 'not-injected',
  running: 'planned',
  done: 'injected',
  failed: 'refused',
  cancelled: 'not-injected',
};

/** A row a namespace: its labels before and after, what its workloads become, and how its switch went. */
export function BulkTable({ names, planOf, statuses }: BulkTableProps) {
  const t = useTranslations('bulk.column');
  return (
    <div className="table-frame">
      <table className="table" style={{ minWidth: 600 }}>
        <thead>
          <tr className="text-left text-ink-3">
            <th className={`${HEAD} w-[22%]`}>{t('namespace')}</th>
            <th className={`${HEAD} w-[36%]`}>{t('labels')}</th>
            <th className={HEAD}>{t('effect')}</th>
            <th className={`${HEAD} w-28`}>{t('status')}</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <BulkRow key={name} name={name} plan={planOf(name)} status={statuses.get(name)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface BulkRowProps {
  readonly name: string;
  readonly plan: BulkPlan;
  readonly status: Status | undefined;
}

function BulkRow({ name, plan, status }: BulkRowProps) {
  const obstacle = obstacleOf(plan);
  const isOut = status === undefined && obstacle !== undefined && obstacle !== 'reading';
  return (
    <tr className={isOut ? 'text-ink-3' : ''}>
      <th scope="row" className={`${CELL} text-left font-normal`}>
        <code className="break-all">{name}</code>
      </th>
      <td className={CELL}>{plan.kind === 'read' ? <Labels plan={plan.plan} /> : <Unread plan={plan} />}</td>
      <td className={CELL}>{plan.kind === 'read' && <Effects plan={plan.plan} isOut={isOut} />}</td>
      <td className={CELL}>
        <StatusCell plan={plan} status={status} />
      </td>
    </tr>
  );
}

function Unread({ plan }: { readonly plan: BulkPlan }) {
  return plan.kind === 'failed' ? (
    <span className="text-state-refused">{plan.error.message}</span>
  ) : (
    <SkeletonLine className="w-32" />
  );
}

const LINE = { same: '', added: 'text-accent', removed: 'text-state-refused' } as const;
const SIGN = { same: ' ', added: '+', removed: '−' } as const;

function Labels({ plan: { labels } }: { readonly plan: InjectionPlanAnswer }) {
  const t = useTranslations('toggle.diff');
  if (labels.lines.length === 0) return <span className="text-ink-3">–</span>;
  return (
    <ul>
      {labels.lines.map(({ kind, text }) => (
        <li key={`${kind} ${text}`} className={`mono flex gap-1.5 wrap-anywhere ${LINE[kind]}`}>
          <span aria-hidden="true" className="w-2 shrink-0 select-none">
            {SIGN[kind]}
          </span>
          <span className="sr-only">{t(kind)}</span>
          {text}
        </li>
      ))}
    </ul>
  );
}

/** What becomes of the workloads, and the worst thing to know about it. */
function Effects({ plan, isOut }: { readonly plan: InjectionPlanAnswer; readonly isOut: boolean }) {
  const t = useTranslations('bulk');
  if (isOut) return <span>–</span>;
  const effects = countEffects(plan);
  const worst = plan.warnings.find(({ severity }) => severity !== 'notice');
  return (
    <>
      <p className="flex flex-wrap gap-x-3">
        {effects.length === 0 && <span className="text-ink-3">{t('noWorkload')}</span>}
        {effects.map(({ effect, count }) => (
          <EffectCount key={effect} effect={effect} count={count} />
        ))}
      </p>
      {worst !== undefined && (
        <p className={worst.severity === 'error' ? 'text-state-refused' : 'text-state-missing'}>
          <Phrase value={worst.text} />
        </p>
      )}
    </>
  );
}

function StatusCell({ plan, status }: Omit<BulkRowProps, 'name'>) {
  const t = useTranslations('bulk');
  const obstacle = obstacleOf(plan);
  if (status === undefined) {
    if (obstacle === undefined || obstacle === 'reading' || obstacle === 'failed') return null;
    if (obstacle === 'no-right' && plan.kind === 'read') {
      return <span className="text-state-missing">{t('obstacle.no-right', { right: plan.plan.access.right })}</span>;
    }
    return <span>{t(`obstacle.${obstacle}`)}</span>;
  }
  return (
    <>
      <StateBadge state={STATUS_LOOK[status.kind]}>{t(`status.${status.kind}`)}</StateBadge>
      {status.kind === 'failed' && (
        <p className="mt-1 break-words text-state-refused">
          {status.error.code === 'conflict' ? t('conflict') : status.error.message}
        </p>
      )}
    </>
  );
}
