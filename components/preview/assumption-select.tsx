'use client';
import { useTranslations } from 'next-intl';
import { useResource } from '@/components/shared/use-resource';
import { injectionPlanAnswerSchema } from '@/lib/api/injection';
import type { EnableTarget } from '@/lib/api/namespaces';
import type { PodPreviewAnswer } from '@/lib/api/preview';
import type { Assumed } from './preview-address';

const KINDS = ['namespaces', 'mutatingwebhookconfigurations'];
const TODAY = 'today';

interface AssumptionSelectProps {
  readonly namespace: string;
  readonly assumed: Assumed;
  /** What the server took, once it has answered. */
  readonly taken: PodPreviewAnswer['assumption'] | undefined;
  readonly onAssume: (assumed: Assumed) => void;
}

const toValue = ({ action, revision }: Assumed): string =>
  action === undefined ? TODAY : revision === undefined ? action : `${action} ${revision}`;

function toAssumed(value: string): Assumed {
  const [action, revision] = value.split(' ');
  if (action === 'enable') return revision === undefined ? { action } : { action, revision };
  return action === 'disable' || action === 'unset' ? { action } : {};
}

function useTargetName(): (target: EnableTarget) => string {
  const t = useTranslations('preview.assume');
  return ({ key, value, servedBy: { tag, revision } }) => {
    const label = `${key}=${value}`;
    if (tag === undefined || tag === revision) return t('revision', { label, revision });
    return t('tag', { label, tag, revision });
  };
}

/** The labels that the preview takes the namespace to have: today's, or those of any switch that its webhooks serve. */
export function AssumptionSelect({ namespace, assumed, taken, onAssume }: AssumptionSelectProps) {
  const t = useTranslations('preview.assume');
  const nameOf = useTargetName();
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/injection?action=enable`;
  const plan = useResource(path, injectionPlanAnswerSchema, KINDS, { namespace });
  const targets = plan.status === 'ready' ? plan.value.targets : [];
  const isOff = taken?.kind === 'if-switched-on';
  const current = toValue(
    assumed.action === undefined && isOff ? { action: 'enable', revision: taken.revision } : assumed,
  );
  const options = [
    ...(isOff ? [] : [{ value: TODAY, label: t('today') }]),
    ...targets.map((target) => ({
      value: toValue({ action: 'enable', revision: target.revision }),
      label: nameOf(target),
    })),
    { value: 'disable', label: t('disable') },
    { value: 'unset', label: t('unset') },
  ];
  const isKnown = options.some(({ value }) => value === current);
  return (
    <label className="flex max-w-full min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
      <span className="text-ink-2">{t('label', { namespace })}</span>
      <select
        className="field max-w-full"
        value={current}
        onChange={({ target: { value } }) => onAssume(toAssumed(value))}
      >
        {!isKnown && (
          <option value={current}>
            {current === TODAY ? t('today') : (toAssumed(current).revision ?? t('asked'))}
          </option>
        )}
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
